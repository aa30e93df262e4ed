using CsCheck;

namespace InceptionMl.Training.Tests.Heads;

public sealed class FoldsTests
{
    [Fact]
    public void Every_class_is_spread_evenly_and_the_seed_decides() => Gen.Select(Gen.Int[0, 4].Array[1, 80], Gen.Int[2, 7], Gen.Int[0, 99]).Sample((labels, count, seed) =>
    {
        int[] folds = Folds.Stratified(labels, 5, seed, count);

        AssertEven(labels, folds, count, 1);
        Assert.Equal(folds, Folds.Stratified(labels, 5, seed, count));
    });

    [Fact]
    public void Groups_are_never_split_and_single_rows_are_spread_as_evenly_as_without_groups() => Gen.Select(Gen.Int[0, 4].Array[1, 80], Gen.Int[2, 7]).Sample((labels, count) =>
    {
        int[] own = Folds.Stratified(labels, 5, 1, count, [.. Enumerable.Range(0, labels.Length)]);
        int[] groups = [.. labels.Select((label, row) => (row / 3) + (label * 1000))];
        int[] together = Folds.Stratified(labels, 5, 1, count, groups);

        AssertEven(labels, own, count, 1);
        AssertEven(labels, together, count, 3);
        foreach (IGrouping<int, int> group in groups.Select((group, row) => (group, row)).GroupBy(g => g.group, g => together[g.row]))
        {
            Assert.Single(group.Distinct());
        }
    });

    [Fact]
    public void A_group_of_many_classes_stays_whole()
    {
        int[] folds = Folds.Stratified([0, 1, 2, 0, 1, 2, 0, 1, 2], 3, 1, 3, [7, 7, 7, 8, 8, 8, 9, 9, 9]);

        Assert.Equal([folds[0], folds[0], folds[0], folds[3], folds[3], folds[3], folds[6], folds[6], folds[6]], folds);
        Assert.Equal(3, folds.Distinct().Count());
    }

    private static void AssertEven(int[] labels, int[] folds, int count, int largestGroup)
    {
        for (int c = 0; c < 5; c++)
        {
            int[] rows = new int[count];
            for (int i = 0; i < labels.Length; i++)
            {
                rows[folds[i]] += labels[i] == c ? 1 : 0;
            }

            Assert.True(rows.Max() - rows.Min() <= largestGroup, $"class {c}: {string.Join(" ", rows)}");
        }
    }
}
