using InceptionMl.TestSupport;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Training.Tests.Datasets;

/// <summary>Several sources as one dataset, and what keeps images together.</summary>
public sealed class ImageDatasetTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Folders_and_manifests_are_one_dataset_in_ordinal_order()
    {
        folder.Images("one/a/1.jpg", "one/b/1.jpg", "two/b/2.jpg", "two/c/1.jpg", "three/x.jpg", "three/y.jpg", "two/c/2.jpg");
        folder.Text("three/list.csv", "path,label\nx.jpg,a\ny.jpg,d\ny.jpg,d\n");

        ImageDataset dataset = Open(options: new DatasetOptions { ForTraining = false }, ("one", null), ("two", null), ("three/list.csv", null));

        Assert.Equal(["a", "b", "c", "d"], dataset.Classes);
        Assert.Equal(dataset.Samples.Select(sample => sample.Path).Order(StringComparer.Ordinal), dataset.Samples.Select(sample => sample.Path));
        Assert.Equal(7, dataset.Samples.Count);
        Assert.All(dataset.Samples, sample => Assert.Null(sample.Given));
    }

    [Fact]
    public void The_part_of_a_source_goes_to_all_its_images_and_the_others_keep_their_own()
    {
        folder.Images("one/a/1.jpg", "one/b/1.jpg", "two/train/a/2.jpg", "two/test/b/2.jpg");

        ImageDataset dataset = Open(null, ("one", SplitPart.Train), ("two", null));

        Assert.Equal(
            [SplitPart.Train, SplitPart.Train, SplitPart.Test, SplitPart.Train],
            dataset.Samples.Select(sample => sample.Given));
        Assert.Equal(DatasetLayout.Parts, dataset.Layout);
    }

    [Fact]
    public void A_file_that_two_sources_name_alike_is_used_once()
    {
        folder.Images("one/a/1.jpg", "one/a/2.jpg", "one/b/1.jpg", "one/b/2.jpg");
        folder.Text("list.csv", "path,label\none/a/1.jpg,a\none/b/1.jpg,b\n");

        Assert.Equal(4, Open(null, ("one", null), ("list.csv", null)).Samples.Count);
    }

    [Fact]
    public void A_file_that_two_sources_name_under_two_labels_is_refused()
    {
        folder.Images("one/a/1.jpg", "one/a/2.jpg", "one/b/1.jpg", "one/b/2.jpg");
        folder.Text("list.csv", "path,label\none/a/1.jpg,b\n");

        Refused("is in two of the sources with two labels, 'a' and 'b'; name it in one of them", null, ("one", null), ("list.csv", null));
    }

    [Fact]
    public void A_file_that_two_sources_put_into_two_parts_is_refused()
    {
        folder.Images("one/a/1.jpg", "one/a/2.jpg", "one/b/1.jpg", "one/b/2.jpg");

        Refused("is in two of the sources with two parts", null, ("one", SplitPart.Train), ("one", SplitPart.Test));
    }

    [Fact]
    public void The_images_of_a_folder_below_a_labels_own_may_be_a_group()
    {
        folder.Images("one/a/x/1.jpg", "one/a/x/2.jpg", "one/a/y/1.jpg", "one/b/1.jpg", "one/b/2.jpg");

        ImageDataset dataset = Open(new DatasetOptions { Grouping = new DatasetSource.ImageGrouping(null) }, ("one", null));

        Assert.Equal([2, 1], dataset.Samples.Where(sample => sample.Group is not null).CountBy(sample => sample.Group!).Select(group => group.Value));
        Assert.All(dataset.Samples, sample => Assert.Equal(sample.Label == "b", sample.Group is null));
    }

    [Fact]
    public void The_values_of_a_column_may_be_groups()
    {
        folder.Images("1.jpg", "2.jpg", "3.jpg", "4.jpg");
        folder.Text("list.csv", "path,label,object\n1.jpg,a,vase\n2.jpg,a,vase\n3.jpg,b,jug\n4.jpg,b,mug\n");

        ImageDataset dataset = Open(new DatasetOptions { Grouping = new DatasetSource.ImageGrouping("object") }, ("list.csv", null));

        Assert.Equal(dataset.Samples[0].Group, dataset.Samples[1].Group);
        Assert.NotNull(dataset.Samples[0].Group);
        Assert.NotEqual(dataset.Samples[0].Group, dataset.Samples[2].Group);
        Assert.NotEqual(dataset.Samples[2].Group, dataset.Samples[3].Group);
    }

    [Fact]
    public void A_folder_has_no_column_to_group_by()
    {
        folder.Images("one/a/1.jpg", "one/a/2.jpg", "one/b/1.jpg", "one/b/2.jpg");

        Refused("is a folder, which has no column 'object' to group by", new DatasetOptions { Grouping = new DatasetSource.ImageGrouping("object") }, ("one", null));
    }

    [Fact]
    public void A_source_that_is_not_there_is_named()
    {
        folder.Images("one/a/1.jpg", "one/a/2.jpg", "one/b/1.jpg", "one/b/2.jpg");

        Refused("There is no folder and no manifest", null, ("one", null), ("nowhere", null));
    }

    private ImageDataset Open(DatasetOptions? options, params (string Path, SplitPart? Part)[] sources) => ImageDataset.Open(
        [.. sources.Select(source => new DatasetSource(folder.At(source.Path), source.Part))], options, TestContext.Current.CancellationToken);

    private void Refused(string expected, DatasetOptions? options, params (string Path, SplitPart? Part)[] sources) =>
        Assert.Contains(expected, Assert.Throws<DatasetException>(() => Open(options, sources)).Message, StringComparison.Ordinal);
}
