using InceptionMl.TestSupport;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Training.Tests.Datasets;

public sealed class FolderLayoutTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_folder_per_label_holds_all_images_below_it_in_ordinal_order()
    {
        folder.Images("cat/b.jpg", "cat/a/z.jpg", "cat/a-1.jpg", "cat/a.jpg", "cat/B.jpg", "dog/é.jpg", "dog/[1] x.jpg");
        ImageDataset dataset = TestDatasets.Open(folder.Path);
        string[] paths = dataset.PathsBelow(folder.Path);
        Assert.Equal(["cat/B.jpg", "cat/a-1.jpg", "cat/a.jpg", "cat/a/z.jpg", "cat/b.jpg", "dog/[1] x.jpg", "dog/é.jpg"], paths);
        Assert.Equal(paths.Order(StringComparer.Ordinal), paths);
        Assert.Equal(["cat", "dog"], dataset.Classes);
        Assert.Equal(DatasetLayout.Folders, dataset.Layout);
        Assert.All(dataset.Samples, sample => Assert.True(File.Exists(sample.FullPath) && sample.Given is null && sample.Weight == 1));
        Assert.Equal(0, dataset.Ignored);
        Assert.Contains("1 image lies deeper than a label's own folder", Assert.Single(dataset.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_separator_at_the_end_of_the_argument_changes_nothing()
    {
        folder.Images("a/1.jpg", "a/2.jpg", "b/1.jpg", "b/2.jpg");
        Assert.Equal(TestDatasets.Open(folder.Path).Samples, TestDatasets.Open(folder.Path + "//").Samples);
    }

    [Theory]
    [InlineData("train", "val", "test")]
    [InlineData("Train", "VALID", "Test")]
    [InlineData("TRAIN", "validation", "test")]
    [InlineData("Training", "val", "Testing")]
    [InlineData("training_set", "valset", "Test Set")]
    [InlineData("train-images", "val_data", "test_images")]
    [InlineData("train", "validate", "test")]
    public void Part_folders_give_the_part(string train, string validation, string test)
    {
        folder.Images($"{train}/a/1.jpg", $"{train}/b/2.jpg", $"{validation}/a/3.jpg", $"{validation}/b/4.jpg", $"{test}/a/5.jpg", $"{test}/b/x/6.jpg");
        ImageDataset dataset = TestDatasets.Open(folder.Path);
        Assert.Equal(DatasetLayout.Parts, dataset.Layout);
        Assert.Equal(["a", "b"], dataset.Classes);
        Assert.All(dataset.Samples, sample => Assert.Equal(sample.Path[(folder.Path.Length + 1)..].Split('/')[0], sample.Given switch
        {
            SplitPart.Train => train,
            SplitPart.Validation => validation,
            _ => test,
        }));
    }

    [Theory]
    [InlineData("data/train/a/1.jpg", "data/train/b/2.jpg", "data/test/a/3.jpg", "data/test/b/4.jpg")]
    [InlineData("data/train/1.jpg", "data/val/2.jpg", "labels/train/a.txt", "other/3.jpg")]
    public void Parts_one_level_down_are_not_taken_for_pictures_of_one_class(params string[] files)
    {
        folder.Images(files);
        DatasetException refusal = Assert.Throws<DatasetException>(() => TestDatasets.Open(folder.Path));
        Assert.Contains($"one level down, in '{folder.Path}/data'; give that folder", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_below_every_label_leave_the_labels_what_they_are()
    {
        folder.Images("a/train/1.jpg", "a/test/2.jpg", "b/train/3.jpg", "b/test/4.jpg");
        Assert.Equal(["a", "b"], TestDatasets.Open(folder.Path).Classes);
    }

    [Fact]
    public void A_train_folder_alone_is_a_part()
    {
        folder.Images("train/a/1.jpg", "train/a/2.jpg", "train/b/1.jpg", "train/b/2.jpg");
        ImageDataset dataset = TestDatasets.Open(folder.Path);
        Assert.Equal(DatasetLayout.Parts, dataset.Layout);
        Assert.All(dataset.Samples, sample => Assert.Equal(SplitPart.Train, sample.Given));
    }

    [Fact]
    public void A_train_folder_beside_other_names_is_a_label()
    {
        folder.Images("train/1.jpg", "train/2.jpg", "bus/1.jpg", "bus/2.jpg");
        ImageDataset dataset = TestDatasets.Open(folder.Path);
        Assert.Equal(DatasetLayout.Folders, dataset.Layout);
        Assert.Equal(["bus", "train"], dataset.Classes);
    }

    [Theory]
    [InlineData("train", "val", "test")]
    [InlineData("Training", "Valid", "Testing")]
    public void A_stray_folder_beside_parts_is_left_out_and_named(string train, string validation, string test)
    {
        folder.Images($"{train}/a/1.jpg", $"{train}/b/2.jpg", $"{validation}/a/3.jpg", $"{test}/b/4.jpg", "runs/predict/5.jpg", "runs/6.jpg");
        ImageDataset dataset = TestDatasets.Open(folder.Path, new DatasetOptions { ForTraining = false });
        Assert.Equal(DatasetLayout.Parts, dataset.Layout);
        Assert.Equal(["a", "b"], dataset.Classes);
        Assert.Equal(4, dataset.Samples.Count);
        Assert.Equal(2, dataset.Ignored);
        string warning = Assert.Single(dataset.Diagnostics).Message;
        Assert.Contains("runs' stands beside the parts", warning, StringComparison.Ordinal);
        Assert.EndsWith("it holds 2 images.", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lone_part_with_label_folders_is_a_part_beside_another_folder()
    {
        folder.Images("train/a/1.jpg", "train/a/2.jpg", "train/b/1.jpg", "train/b/2.jpg", "runs/3.jpg");
        Assert.Equal(["a", "b"], TestDatasets.Open(folder.Path).Classes);
    }

    [Fact]
    public void A_label_composed_and_decomposed_is_one_label()
    {
        Assert.SkipWhen(OperatingSystem.IsMacOS(), "one folder here");
        folder.Images("M\u00FCller/1.jpg", "Mu\u0308ller/2.jpg", "other/3.jpg", "other/4.jpg");
        ImageDataset dataset = TestDatasets.Open(folder.Path);
        Assert.Equal(["M\u00FCller", "other"], dataset.Classes);
        Assert.Equal(4, dataset.Samples.Count);
    }

    [Theory]
    [InlineData("lost+found")]
    [InlineData("System Volume Information")]
    [InlineData("$RECYCLE.BIN")]
    public void Folders_of_a_volumes_root_are_no_labels(string system)
    {
        folder.Images("a/1.jpg", "a/2.jpg", "b/1.jpg", "b/2.jpg", $"{system}/3.jpg");
        Assert.Equal(["a", "b"], TestDatasets.Open(folder.Path).Classes);
    }

    [Fact]
    public void Inputs_go_by_extension_or_first_bytes_and_the_rest_is_counted()
    {
        folder.Images("a/1.jpg", "a/2", "b/1.jpg", "b/2.jpg", "a/._1.jpg", "a/.hidden.jpg", "b/.cache/3.jpg", "__MACOSX/a/1.jpg", "b/.DS_Store");
        folder.Write("b/plan.svg", []);
        folder.Write("b/empty", []);
        folder.Text("a/Thumbs.db", "x");
        folder.Text("a/desktop.ini", "x");
        folder.Text("classes.txt", "x");
        ImageDataset dataset = TestDatasets.Open(folder.Path);
        Assert.Equal(["a/1.jpg", "a/2", "b/1.jpg", "b/2.jpg", "b/plan.svg"], dataset.PathsBelow(folder.Path));
        Assert.Equal(9, dataset.Ignored);
        string warning = Assert.Single(dataset.Diagnostics).Message;
        Assert.Contains("a/.hidden.jpg'", warning, StringComparison.Ordinal);
        Assert.Contains("b/.cache'", warning, StringComparison.Ordinal);
        Assert.Contains("__MACOSX'", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("._1.jpg", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_without_a_label_are_warned_about_and_counted()
    {
        folder.Images("a/1.jpg", "a/2.jpg", "b/1.jpg", "b/2.jpg", "loose.jpg");
        ImageDataset dataset = TestDatasets.Open(folder.Path);
        Assert.Equal(1, dataset.Ignored);
        Assert.Contains("'loose.jpg'", Assert.Single(dataset.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_without_an_image_in_validation_is_a_warning()
    {
        folder.Images("train/a/1.jpg", "train/a/2.jpg", "train/b/1.jpg", "train/b/2.jpg", "val/a/3.jpg");
        Directory.CreateDirectory(folder.At("val", "b"));
        Assert.Contains("val/b'", Assert.Single(TestDatasets.Open(folder.Path).Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void To_evaluate_a_single_image_of_a_single_class_is_enough()
    {
        folder.Images("a/1.jpg");
        Directory.CreateDirectory(folder.At("b"));
        ImageDataset dataset = TestDatasets.Open(folder.Path, new DatasetOptions { ForTraining = false });
        Assert.Equal(["a"], dataset.Classes);
        Assert.Contains("b'", Assert.Single(dataset.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_can_be_canceled() =>
        Assert.Throws<OperationCanceledException>(() => ImageDataset.Open(folder.Path, cancellationToken: new CancellationToken(canceled: true)));
}
