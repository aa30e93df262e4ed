using InceptionMl.TestSupport;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Training.Tests.Datasets;

public sealed class DatasetMessageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Nothing_there() => Refuse(folder.At("nowhere"), "There is no folder and no manifest", "check the path");

    [Fact]
    public void Empty_folder() => Refused("is empty", "one folder of images per class");

    [Fact]
    public void Folders_without_any_image()
    {
        Directory.CreateDirectory(folder.At("a"));
        folder.Text("b/readme.txt", "x");
        Refused("is empty: none of its folders holds an image");
    }

    [Fact]
    public void Folders_of_nothing_but_ppm_files()
    {
        foreach (string path in (string[])["a/1.ppm", "a/2.ppm", "b/1.ppm", "b/2.ppm"])
        {
            folder.Text(path, "P6\n32 32\n255\n");
        }

        Refused("holds only .ppm files, which cannot be read: convert them to PNG or JPEG");
    }

    [Fact]
    public void Images_without_label_folders()
    {
        folder.Images("1.jpg", "2.jpg");
        Refused("holds images but no label folders", "into a folder named after the class");
    }

    [Fact]
    public void Part_without_label_folders()
    {
        folder.Images("train/1.jpg", "test/2.jpg");
        Refused("test' holds images but no label folders", "rename it");
    }

    [Fact]
    public void Empty_part()
    {
        folder.Images("train/a/1.jpg", "train/b/1.jpg");
        Directory.CreateDirectory(folder.At("val"));
        Refused("val' is empty", "remove it");
    }

    [Fact]
    public void Part_whose_label_folders_are_empty()
    {
        folder.Images("train/a/1.jpg", "train/b/1.jpg");
        Directory.CreateDirectory(folder.At("test", "a"));
        Refused("test' holds no image in any of its label folders");
    }

    [Fact]
    public void Two_folders_for_one_part()
    {
        folder.Images("train/a/1.jpg", "val/a/1.jpg", "validation/a/1.jpg");
        Refused("2 folders for one part, 'val', 'validation'", "keep one");
    }

    [Fact]
    public void One_class()
    {
        folder.Images("a/1.jpg", "a/2.jpg");
        Refused("one class only, 'a'", "at least two, each in a folder of its own");
    }

    [Fact]
    public void Class_with_one_image()
    {
        folder.Images("a/1.jpg", "a/2.jpg", "b/1.jpg");
        Refused("has fewer than 2 images of class 'b'", "add images or remove the class");
    }

    [Fact]
    public void Class_with_one_readable_image()
    {
        folder.Images("a/1.jpg", "a/2.jpg", "b/1.jpg", "b/2.jpg", "c/1.jpg", "c/2.jpg");
        ImageDataset dataset = TestDatasets.Open(folder.Path);
        dataset.Validate(new Dictionary<string, int> { ["a"] = 2, ["b"] = 2, ["c"] = 3 });
        string message = Assert.Throws<DatasetException>(() => dataset.Validate(new Dictionary<string, int> { ["a"] = 2, ["b"] = 1 })).Message;
        Assert.Contains("has fewer than 2 readable images of classes 'b', 'c'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Label_folder_without_image()
    {
        folder.Images("a/1.jpg", "a/2.jpg", "b/1.jpg", "b/2.jpg");
        folder.Text("notes/todo.txt", "x");
        Refused("The label folder '", "notes' holds no image", "remove it");
    }

    [Fact]
    public void Labels_that_differ_in_case_in_a_manifest() =>
        Refuse(folder.Text("m.csv", "path,label\n1.jpg,Cat\n2.jpg,cat\n3.jpg,dog\n"), "labels that differ only in case, 'Cat', 'cat'");

    [Fact]
    public void Labels_that_differ_in_case_between_parts()
    {
        folder.Images("train/Cat/1.jpg", "train/dog/1.jpg", "test/cat/2.jpg");
        Refused("labels that differ only in case, 'Cat', 'cat'");
    }

    [Fact]
    public void Class_that_is_not_in_train()
    {
        folder.Images("train/a/1.jpg", "train/a/2.jpg", "train/b/1.jpg", "train/b/2.jpg", "test/c/1.jpg", "test/c/2.jpg");
        Refused("no training image of class 'c'", "add some to the train part");
    }

    [Fact]
    public void No_train_at_all()
    {
        folder.Images("test/a/1.jpg", "test/b/1.jpg");
        Refused("no training image of classes 'a', 'b'");
    }

    [Fact]
    public void Label_with_a_line_break()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "names cannot hold line breaks here");
        folder.Images("a\nb/1.jpg", "c/1.jpg");
        Refused("control character", "'a?b'");
    }

    [Fact]
    public void Long_lists_of_classes_are_cut()
    {
        folder.Images([.. Enumerable.Range(10, 20).Select(i => $"c{i}/1.jpg")]);
        Refused("classes 'c10', 'c11', 'c12', 'c13', 'c14' and 15 more");
    }

    private void Refused(params string[] parts) => Refuse(folder.Path, parts);

    private static void Refuse(string path, params string[] parts)
    {
        string message = Assert.Throws<DatasetException>(() => TestDatasets.Open(path)).Message;
        Assert.Contains(path, message, StringComparison.Ordinal);
        Assert.EndsWith(".", message, StringComparison.Ordinal);
        Assert.All(parts, part => Assert.Contains(part, message, StringComparison.Ordinal));
    }
}
