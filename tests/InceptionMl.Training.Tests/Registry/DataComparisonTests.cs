using InceptionMl.Models.Registry;
using InceptionMl.TestSupport;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Versions;
using InceptionMl.Training.Versions.Internal;

namespace InceptionMl.Training.Tests.Registry;

public sealed class DataComparisonTests
{
    private static VersionImage Image(byte content, string label, SplitPart part = SplitPart.Train, string? path = null) =>
        SmallVersion.Image(content, label, part, path);

    [Fact]
    public void Images_are_compared_by_content()
    {
        DataComparison comparison = DataComparison.Create(
            [Image(1, "bolt", path: "old-name.jpg"), Image(2, "bolt"), Image(3, "bolt"), Image(4, "bolt"), Image(9, "nut", SplitPart.Test)],
            [Image(1, "bolt", path: "new-name.jpg"), Image(2, "nut"), Image(3, "bolt", SplitPart.Validation), Image(5, "nut"), Image(9, "nut", SplitPart.Test)]);

        Assert.Equal([Image(5, "nut")], comparison.Added);
        Assert.Equal([Image(4, "bolt")], comparison.Removed);
        Assert.Equal([new ImageChange(Image(2, "bolt"), Image(2, "nut"))], comparison.Relabeled);
        Assert.Equal([new ImageChange(Image(3, "bolt"), Image(3, "bolt", SplitPart.Validation))], comparison.Moved);
        Assert.Equal(2, comparison.Unchanged);
        Assert.True(comparison.SameTest);
    }

    [Fact]
    public void Copies_count_once_and_show_where_they_disagree()
    {
        DataComparison comparison = DataComparison.Create(
            [Image(1, "bolt", path: "a.jpg"), Image(1, "nut", path: "b.jpg"), Image(2, "nut", path: "c.jpg")],
            [Image(1, "nut", path: "b.jpg"), Image(2, "nut", path: "c.jpg"), Image(2, "nut", path: "d.jpg")]);

        ImageChange change = Assert.Single(comparison.Relabeled);
        Assert.Equal(("bolt, nut", "nut"), (change.Before.Label, change.After.Label));
        Assert.Equal(1, comparison.Unchanged);
        Assert.Empty(comparison.Added);
    }

    [Fact]
    public void A_test_image_with_another_label_is_another_test() => Assert.False(DataComparison.Create(
        [Image(1, "bolt", SplitPart.Test)], [Image(1, "nut", SplitPart.Test)]).SameTest);

    [Fact]
    public async Task Published_versions_are_compared_by_their_lists()
    {
        using TemporaryFolder folder = new();
        using RegistryWriter writer = await RegistryWriter.OpenAsync(folder.Path, null, TestContext.Current.CancellationToken);
        VersionImage[] images = [Image(2, "a, \"b\"", SplitPart.Validation, "ü/1.jpg"), Image(1, "=1+1", SplitPart.Test, "x.jpg")];
        ModelVersion first = await writer.PublishAsync((staged, _) => SmallVersion.WriteAsync(staged, images: images), TestContext.Current.CancellationToken);
        ModelVersion second = await writer.PublishAsync((staged, _) => SmallVersion.WriteAsync(staged, images: images[..1]), TestContext.Current.CancellationToken);

        Assert.Equal([images[1], images[0]], VersionImages.Read(first));
        Assert.Equal([images[1]], DataComparison.Create(first, second).Removed);
    }

    [Fact]
    public async Task A_label_that_breaks_the_list_is_refused()
    {
        using TemporaryFolder folder = new();

        RegistryException refused = await Assert.ThrowsAsync<RegistryException>(
            () => VersionImages.WriteAsync(folder.Path, [Image(1, "two\nlines", path: "a.jpg")], TestContext.Current.CancellationToken));

        Assert.StartsWith("'a.jpg' cannot be recorded", refused.Message, StringComparison.Ordinal);
    }
}
