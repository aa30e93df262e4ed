using InceptionMl.Training.Datasets;
using InceptionMl.Training.Datasets.Internal;
using static InceptionMl.Training.Datasets.SplitPart;
using static InceptionMl.Training.Tests.Datasets.TestDatasets;

namespace InceptionMl.Training.Tests.Datasets;

public sealed class DataFingerprintTests
{
    private static readonly SplitItem[] Items = [Item(1, "a"), Item(2, "b"), Item(3, "b")];
    private static readonly SplitPart[] Parts = [Train, Test, Validation];

    private static string Fingerprint => DataFingerprint.Compute(Items, Parts);

    [Fact]
    public void It_is_the_sha256_of_sorted_lines()
    {
        string lines = string.Concat(
            new string('0', 15) + "1" + new string('0', 48) + "\tTrain\t1\ta\n",
            new string('0', 15) + "2" + new string('0', 48) + "\tTest\t1\tb\n",
            new string('0', 15) + "3" + new string('0', 48) + "\tValidation\t1\tb\n");
        Assert.Equal(ContentHash.Compute(System.Text.Encoding.UTF8.GetBytes(lines)).ToString(), Fingerprint);
    }

    [Fact]
    public void Names_and_order_do_not_matter()
    {
        SplitItem[] renamed = [.. Items.Select(item => item with { Sample = item.Sample with { Path = "other", FullPath = "other" } }).Reverse()];
        Assert.Equal(Fingerprint, DataFingerprint.Compute(renamed, [.. Parts.Reverse()]));
    }

    [Fact]
    public void Content_label_part_weight_and_number_matter()
    {
        string[] others =
        [
            DataFingerprint.Compute([Item(4, "a"), .. Items[1..]], Parts),
            DataFingerprint.Compute([Item(1, "b"), .. Items[1..]], Parts),
            DataFingerprint.Compute([Items[0] with { Sample = Items[0].Sample with { Weight = 2 } }, .. Items[1..]], Parts),
            DataFingerprint.Compute(Items, [Train, Test, Train]),
            DataFingerprint.Compute([.. Items, Items[0]], [.. Parts, Train]),
            DataFingerprint.Compute([], []),
        ];
        Assert.Equal(7, others.Append(Fingerprint).Distinct().Count());
    }
}
