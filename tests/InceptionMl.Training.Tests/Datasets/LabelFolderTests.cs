using InceptionMl.TestSupport;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Training.Tests.Datasets;

/// <summary>Folders that lie deeper than one level below a label.</summary>
public sealed class LabelFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Deeper_folders_belong_to_the_top_one_and_a_warning_states_the_choice()
    {
        Nested();

        ImageDataset dataset = Open(null);

        Assert.Equal(["birds", "cats"], dataset.Classes);
        Assert.Equal(DiagnosticIds.NestedFolders, Assert.Single(dataset.Diagnostics).Id);
        string warning = Assert.Single(dataset.Diagnostics).Message;
        Assert.Contains("4 images lie deeper than a label's own folder", warning, StringComparison.Ordinal);
        Assert.Contains("The folder that an image lies in can be its label instead.", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("--", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void The_folder_that_an_image_lies_in_is_its_label_where_that_is_asked_for()
    {
        Nested();

        ImageDataset dataset = Open(DatasetSource.LabelFolder.Parent);

        Assert.Equal(["cats", "gull", "wren"], dataset.Classes);
        Assert.Equal("gull", dataset.Samples.Single(sample => sample.Path.EndsWith("birds/sea/gull/1.jpg", StringComparison.Ordinal)).Label);
        Assert.Empty(dataset.Diagnostics);
    }

    [Fact]
    public void Who_asks_for_the_top_folder_is_not_warned()
    {
        Nested();

        ImageDataset dataset = Open(DatasetSource.LabelFolder.Top);

        Assert.Equal(["birds", "cats"], dataset.Classes);
        Assert.Empty(dataset.Diagnostics);
    }

    [Fact]
    public void Parts_stay_parts_and_folders_of_one_name_are_one_label()
    {
        folder.Images("train/day/cat/1.jpg", "train/night/cat/2.jpg", "train/day/dog/1.jpg", "train/night/dog/2.jpg", "test/day/cat/3.jpg");

        ImageDataset dataset = Open(DatasetSource.LabelFolder.Parent);

        Assert.Equal((DatasetLayout.Parts, 5), (dataset.Layout, dataset.Samples.Count));
        Assert.Equal(["cat", "dog"], dataset.Classes);
        Assert.Equal(SplitPart.Test, dataset.Samples.Single(sample => sample.Path.EndsWith("3.jpg", StringComparison.Ordinal)).Given);
    }

    [Fact]
    public void Deeper_labels_are_composed_and_folders_without_images_are_none()
    {
        folder.Images("all/Mu\u0308ller/1.jpg", "all/Mu\u0308ller/2.jpg", "all/other/1.jpg", "all/other/2.jpg");
        Directory.CreateDirectory(folder.At("all", "empty"));

        Assert.Equal(["M\u00FCller", "other"], Open(DatasetSource.LabelFolder.Parent).Classes);
    }

    [Fact]
    public void One_class_whose_images_lie_deeper_is_refused_with_the_folders()
    {
        folder.Images("photos/cat/1.jpg", "photos/cat/2.jpg", "photos/dog/1.jpg", "photos/dog/2.jpg");

        DatasetException refusal = Assert.Throws<DatasetException>(() => Open(null));

        Assert.Contains($"one class only, 'photos', though its images lie in '{folder.Path}/photos/cat', '{folder.Path}/photos/dog'", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(DatasetErrorReason.NestedFolders, refusal.Reason);
        Assert.Equal(["cat", "dog"], Open(DatasetSource.LabelFolder.Parent).Classes);
    }

    [Fact]
    public void A_manifest_names_its_labels_itself()
    {
        DatasetSource manifest = new(folder.Text("m.csv", "path,label\n1.jpg,a\n")) { LabelFrom = DatasetSource.LabelFolder.Parent };

        Assert.Contains(
            "is a manifest, which names the labels itself",
            Assert.Throws<DatasetException>(() => ImageDataset.Open(manifest, cancellationToken: TestContext.Current.CancellationToken)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_left_to_group_by_where_the_folder_is_the_label()
    {
        Nested();

        Assert.Contains(
            "cannot be grouped by folder", Assert.Throws<DatasetException>(() => Open(DatasetSource.LabelFolder.Parent, new DatasetSource.ImageGrouping(null))).Message, StringComparison.Ordinal);
    }

    private void Nested() =>
        folder.Images("birds/wren/1.jpg", "birds/wren/2.jpg", "birds/sea/gull/1.jpg", "birds/sea/gull/2.jpg", "cats/1.jpg", "cats/2.jpg");

    private ImageDataset Open(DatasetSource.LabelFolder? labelFrom, DatasetSource.ImageGrouping? grouping = null) => ImageDataset.Open(
        new DatasetSource(folder.Path) { LabelFrom = labelFrom }, new DatasetOptions { Grouping = grouping }, TestContext.Current.CancellationToken);
}
