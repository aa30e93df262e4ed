using InceptionMl.Models.Registry;
using InceptionMl.TestSupport;
using InceptionMl.Training.Datasets.Internal;
using InceptionMl.Training.Versions;

namespace InceptionMl.Training.Tests.Registry;

public sealed class FrozenTestTests : IDisposable
{
    private static readonly ContentHash First = ContentHash.Compute([1]);
    private static readonly ContentHash Second = ContentHash.Compute([2]);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void An_image_keeps_the_label_it_was_frozen_with_until_it_is_relabeled_on_purpose()
    {
        FrozenTest frozen = FrozenTest.Empty.Extend([(First, "bolt")], "0001").Extend([(First, "nut"), (Second, "nut")], "0002");

        Assert.Equal(2, frozen.Count);
        Assert.True(frozen.TryGet(First, out FrozenImage? image));
        Assert.Equal(new FrozenImage(First, "bolt", "0001"), image);
        Assert.True(frozen.Contains(Second));
        Assert.Contains(new FrozenImage(First, "nut", "0001"), frozen.Relabel(First, "nut").Images);
        Assert.Contains(image, frozen.Images);
    }

    [Fact]
    public async Task It_is_kept_in_the_registry_whatever_its_labels_look_like()
    {
        FrozenTest frozen = FrozenTest.Empty.Extend([(First, "a \"quoted\", label; ünïcode"), (Second, "=1+1")], "0012");

        using RegistryWriter writer = await RegistryWriter.OpenAsync(folder.Path, null, TestContext.Current.CancellationToken);
        Assert.Equal(0, writer.ReadFrozenTest().Count);
        writer.WriteFrozenTest(frozen);

        Assert.Equal(frozen.Images, FrozenTest.Read(folder.Path).Images);
        Assert.Equal("0013", writer.NextVersion);
    }

    [Fact]
    public void What_cannot_be_frozen_is_refused()
    {
        Assert.Throws<RegistryException>(() => FrozenTest.Empty.Extend([(First, "two\nlines")], "0001"));
        Assert.Throws<RegistryException>(() => FrozenTest.Empty.Extend([(First, "bolt")], "1"));
        Assert.Throws<RegistryException>(() => FrozenTest.Empty.Relabel(First, "bolt"));
    }

    [Theory]
    [InlineData("nonsense\n", "line 1: the header is not sha256,label,since")]
    [InlineData("sha256,label,since\nabc,bolt,0001\n", "line 2: this is no SHA-256, label and version")]
    [InlineData("sha256,label,since\n{0},bolt\n", "line 2: the row has another number of fields than the header")]
    [InlineData("sha256,label,since\n{0},bolt,0001\n{0},nut,0001\n", "line 3: {0} is frozen twice; keep one of the lines")]
    public void A_damaged_file_is_refused_with_its_line(string content, string problem)
    {
        string path = folder.Write("frozen-test.csv", System.Text.Encoding.UTF8.GetBytes(content.Replace("{0}", First.ToString(), StringComparison.Ordinal)));

        RegistryException refused = Assert.Throws<RegistryException>(() => FrozenTest.Read(folder.Path));

        Assert.Equal($"{path}, {problem.Replace("{0}", First.ToString(), StringComparison.Ordinal)}.", refused.Message);
    }
}
