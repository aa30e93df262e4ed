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
    public void One_content_under_two_labels_and_one_in_train_and_test_are_said()
    {
        SplitItem[] items = [
            At(0.5, "a", Train, "1"), At(0.5, "b", Train, "2"), At(0.7, "b", Test, "3"), At(0.7, "b", Train, "4"), At(0.8, "a", Test, "5"),
            At(0.9, "a", Validation, "6"), At(0.9, "b", Validation, "7")];
        SplitResult result = Split(items);
        Assert.Equal(items.Select(item => item.Sample.Given!.Value), result.Parts);
        Assert.Equal(2, result.Diagnostics.Count);
        Assert.StartsWith("Contents that stand under more than one label (2)", result.Diagnostics[0].Message, StringComparison.Ordinal);
        Assert.Contains("'1', '2', '6', '7'", result.Diagnostics[0].Message, StringComparison.Ordinal);
        Assert.StartsWith("Contents that are given both to train and to test or validation (1)", result.Diagnostics[1].Message, StringComparison.Ordinal);
        Assert.Contains("'3', '4'", result.Diagnostics[1].Message, StringComparison.Ordinal);
    }
}
