using InceptionMl.Training.Datasets;
using InceptionMl.Training.Datasets.Internal;
using static InceptionMl.Training.Datasets.SplitPart;
using static InceptionMl.Training.Tests.Datasets.TestDatasets;

namespace InceptionMl.Training.Tests.Datasets;

public sealed class ContentSplitTests
{
    [Fact]
    public void The_draw_is_the_first_8_bytes_of_the_sha256_big_endian()
    {
        // FIPS 180-2, appendix B.1.
        ContentHash hash = ContentHash.Compute("abc"u8);
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", hash.ToString());
        Assert.Equal(0xba7816bf8f01cfeaUL, hash.Draw);
    }

    [Theory]
    [InlineData(0.05, Test)]
    [InlineData(0.15, Validation)]
    [InlineData(0.2, Train)]
    [InlineData(0.99, Train)]
    public void Content_decides(double u, SplitPart part) =>
        Assert.Equal(part, Split([At(0.01), At(0.11), At(0.9), At(u)]).Parts[3]);

    [Fact]
    public void The_bounds_are_exact()
    {
        // 0.1 as a double is 3602879701896397 / 2^55, so the bound is 3602879701896397 * 2^9; 0.2 is twice that.
        const ulong bound = 3602879701896397UL << 9;
        SplitItem[] filled = [Item(0), Item(bound + 7), Item(ulong.MaxValue)];
        Assert.Equal(
            [Test, Validation, Validation, Train, Train],
            Split([.. filled, Item(bound - 1), Item(bound), Item((2 * bound) - 1), Item(2 * bound), Item(ulong.MaxValue - 1)]).Parts.Skip(3));
    }

    [Fact]
    public void A_fraction_below_the_draws_own_step_is_met_from_above()
    {
        // 1.5 / 2^64: draws 0 and 1 are below it, 2 is not.
        Assert.Equal(
            [Test, Test, Train], Split([Item(0), Item(1), Item(2)], new SplitFractions(Math.ScaleB(1.5, -64), 0)).Parts);
    }

    [Fact]
    public void Copies_stay_together() =>
        Assert.Equal([Test, Train, Test, Validation, Validation], Split([At(0.05), At(0.5), At(0.05), At(0.15), At(0.15)]).Parts);

    // Columns: where the contents of one class draw, and where each must go.
    [Theory]
    [InlineData("0.5", "train")]
    [InlineData("0.05", "train")]
    [InlineData("0.15", "train")]
    [InlineData("0.5 0.5 0.5", "train train train")]
    [InlineData("0.6 0.5", "train test")]
    [InlineData("0.01 0.02", "test train")]
    [InlineData("0.12 0.11", "train test")]
    [InlineData("0.01 0.11", "test train")]
    [InlineData("0.11 0.5", "test train")]
    [InlineData("0.01 0.5", "test train")]
    [InlineData("0.01 0.5 0.6", "test validation train")]
    [InlineData("0.7 0.5 0.6", "train test validation")]
    [InlineData("0.5 0.7 0.5 0.6 0.6", "test train test validation validation")]
    [InlineData("0.11 0.5 0.6", "test validation train")]
    [InlineData("0.11 0.12 0.6", "test validation train")]
    [InlineData("0.11 0.12 0.13", "test validation train")]
    [InlineData("0.01 0.02 0.03", "test test train")]
    [InlineData("0.01 0.11 0.12", "test validation train")]
    [InlineData("0.01 0.02 0.11", "test train validation")]
    public void A_small_class_fills_its_parts_by_the_lowest_draw_and_keeps_something_to_train_on(string draws, string parts)
    {
        SplitItem[] items = [.. draws.Split(' ').Select(u => At(double.Parse(u, System.Globalization.CultureInfo.InvariantCulture)))];
        Assert.Equal(parts.Split(' '), Split(items).Parts.Select(part => part.ToString().ToLowerInvariant()));
    }

    [Fact]
    public void Each_class_is_split_by_itself_and_warned_about()
    {
        SplitItem[] items = [At(0.01, "b"), At(0.11, "b"), At(0.91, "b"), At(0.7, "a"), At(0.8, "a"), At(0.9, "a"), At(0.5, "c"), At(0.6, "c"), At(0.05, "d")];
        SplitResult result = Split(items);
        Assert.Equal([Test, Validation, Train, Test, Validation, Train, Test, Train, Train], result.Parts);
        Assert.Equal(
            [
                "By content, no image of 2 classes fell into the test part; one image of each was moved there: 'a', 'c'.",
                "The test part has no image of 1 class: 'd'; add images.",
                "By content, no image of 1 class fell into the validation part; one image of each was moved there: 'a'.",
                "The validation part has no image of 2 classes: 'c', 'd'; add images.",
                "By content, no image of 1 class fell into the train part; one image of each was moved there: 'd'.",
            ],
            result.Diagnostics.Select(diagnostic => diagnostic.Message));
    }

    [Fact]
    public void A_fraction_of_zero_draws_nothing()
    {
        SplitResult result = Split([At(0.001), At(0.5), At(0.6)], new SplitFractions(0, 0));
        Assert.Equal([Train, Train, Train], result.Parts);
        Assert.Empty(result.Diagnostics);
        Assert.Equal([Validation, Train], Split([At(0.001), At(0.5)], new SplitFractions(0, 0.1)).Parts);
    }

    [Theory]
    [InlineData(-0.1, 0)]
    [InlineData(0, -0.1)]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    [InlineData(0.5, 0.5)]
    [InlineData(double.NaN, 0)]
    [InlineData(0, double.NaN)]
    public void Fractions_out_of_range_are_refused(double test, double validation) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SplitFractions(test, validation));

    [Fact]
    public void Given_parts_are_never_moved()
    {
        SplitItem[] items = [At(0.01, given: Train), At(0.15, given: Train), At(0.5, given: Validation), At(0.6, given: Test)];
        SplitResult result = Split(items);
        Assert.Equal([Train, Train, Validation, Test], result.Parts);
        Assert.Empty(result.Diagnostics);
    }

    [Fact]
    public void A_missing_validation_part_is_drawn_from_train_by_the_same_interval()
    {
        SplitItem[] items = [At(0.05, given: Train), At(0.15, given: Train), At(0.5, given: Train), At(0.15, given: Test)];
        Assert.Equal([Train, Validation, Train, Test], Split(items).Parts);
    }

    [Fact]
    public void Missing_held_out_parts_are_drawn_from_train()
    {
        SplitItem[] items = [At(0.05, given: Train), At(0.15, given: Train), At(0.5, given: Train)];
        Assert.Equal([Test, Validation, Train], Split(items).Parts);
    }

    [Fact]
    public void A_class_that_a_given_part_lacks_is_said_and_not_drawn()
    {
        SplitItem[] items = [
            At(0.05, "a", Train), At(0.15, "a", Train), At(0.5, "a", Train), At(0.6, "a", Test),
            At(0.06, "b", Train), At(0.16, "b", Train), At(0.51, "b", Train)];
        SplitResult result = Split(items);
        Assert.Equal([Train, Validation, Train, Test, Train, Validation, Train], result.Parts);
        Assert.Equal("The test part has no image of 1 class: 'b'; add images.", Assert.Single(result.Diagnostics).Message);
    }

    [Fact]
    public void Rows_without_a_split_go_by_the_rule_beside_rows_that_have_one()
    {
        SplitItem[] items = [At(0.05), At(0.15), At(0.5), At(0.06, given: Train), At(0.16, given: Train), At(0.8, given: Test)];
        Assert.Equal([Test, Validation, Train, Train, Train, Test], Split(items).Parts);
    }

    [Fact]
    public void A_copy_without_a_split_follows_the_image_that_has_one()
    {
        SplitItem[] items = [At(0.5, given: Test), At(0.5), At(0.05, given: Train), At(0.05), At(0.15), At(0.9)];
        Assert.Equal([Test, Test, Train, Train, Validation, Train], Split(items).Parts);
    }

    [Fact]
    public void A_class_without_training_images_is_refused() => Assert.Contains(
        "to train class 'b'",
        Assert.Throws<DatasetException>(() => Split([At(0.5, "a", Train), At(0.6, "a", Test), At(0.7, "b", Test), At(0.8, "b", Validation)])).Message,
        StringComparison.Ordinal);

    [Fact]
    public void One_content_in_train_and_test_is_said()
    {
        SplitItem[] items = [At(0.5, "a", Train, "1"), At(0.7, "b", Test, "3"), At(0.7, "b", Train, "4"), At(0.8, "a", Test, "5"), At(0.9, "b", Train, "6")];
        SplitResult result = Split(items, new SplitFractions(0.1, 0));
        Assert.Equal(items.Select(item => item.Sample.Given!.Value), result.Parts);
        string message = Assert.Single(result.Diagnostics).Message;
        Assert.StartsWith("Contents that are given both to train and to test or validation (1)", message, StringComparison.Ordinal);
        Assert.Contains("'3', '4'", message, StringComparison.Ordinal);
    }

    // A class of 137 with 6 in test by content: half its share is 6.85.
    [Fact]
    public void A_class_with_less_than_half_its_share_of_the_test_is_filled_up_to_it_by_the_lowest_draws()
    {
        SplitItem[] items = [.. Enumerable.Range(0, 137).Select(i => At(i < 6 ? 0.01 * i : 0.1 + (0.9 * (i - 6) / 131), path: $"{i}"))];

        SplitResult result = Split(items);

        Assert.Equal(Enumerable.Range(0, 7), Enumerable.Range(0, 137).Where(i => result.Parts[i] == Test));
        Assert.Equal(
            "The test part would have less than half of its share of 1 class by content, so images were moved there: 'a (1)'.",
            Assert.Single(result.Diagnostics).Message);
        Assert.Equal([.. result.Parts, Train], Split([.. items, At(0.95)]).Parts);
    }

    [Fact]
    public void A_group_goes_where_its_smallest_hash_says_with_images_that_have_a_part()
    {
        SplitUnit early = SplitUnit.FromContents(At(0.01).Hash, 3), given = SplitUnit.FromContents(At(0.3).Hash, 2);
        SplitItem[] items =
        [
            At(0.01) with { Unit = early }, At(0.5) with { Unit = early }, At(0.9, "b") with { Unit = early },
            At(0.3) with { Unit = given }, At(0.95, given: Validation) with { Unit = given },
            At(0.6), At(0.15), At(0.7, "b"), At(0.16, "b"),
        ];

        Assert.Equal([Test, Test, Test, Validation, Validation, Train, Validation, Train, Validation], Split(items).Parts);
    }

    [Fact]
    public void A_group_larger_than_the_share_fills_a_part_only_where_nothing_else_does()
    {
        SplitUnit large = SplitUnit.FromContents(At(0.2).Hash, 5);
        SplitItem[] group = [.. Enumerable.Range(0, 5).Select(i => At(0.2 + (0.1 * i)) with { Unit = large })];

        Assert.Equal([Train, Train, Train, Train, Train, Test, Train], Split([.. group, At(0.85), At(0.9)], new SplitFractions(0.1, 0)).Parts);
    }

    [Fact]
    public void A_near_copy_of_a_frozen_test_image_follows_it()
    {
        SplitUnit unit = SplitUnit.FromContents(At(0.5).Hash, 2);
        SplitItem[] items = [At(0.5) with { Unit = unit }, At(0.8) with { Unit = unit }, At(0.6), At(0.7), At(0.05), At(0.15)];

        SplitResult result = ContentSplit.Assign(items, new SplitFractions(), new HashSet<ContentHash> { items[0].Hash }, TestContext.Current.CancellationToken);

        Assert.Equal([Test, Test, Train, Train, Test, Validation], result.Parts);
    }
}
