using InceptionMl.TestSupport;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Training.Tests.Datasets;

/// <summary>Where the paths of a manifest lead: names composed and decomposed, and manifests whose images are elsewhere.</summary>
public sealed class ListedPathTests : IDisposable
{
    private const string Composed = "M\u00FCller";
    private const string Decomposed = "Mu\u0308ller";

    private static readonly DatasetOptions Lenient = new() { ForTraining = false };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData($"{Decomposed}/1.jpg", $"{Composed}/1.jpg")]
    [InlineData($"{Composed}/1.jpg", $"{Decomposed}/1.jpg")]
    [InlineData($"{Decomposed}/sub/{Composed}.jpg", $"{Composed}/sub/{Decomposed}.jpg")]
    [InlineData($"{Composed}/1.jpg", $"{Decomposed}\\1.jpg")]
    [InlineData($"{Composed}/1.jpg", $"x/../{Decomposed}/1.jpg")]
    public void A_path_leads_to_the_file_whose_names_are_in_the_other_form(string there, string written)
    {
        string full = folder.Image(there);

        ImageDataset dataset = Open($"path,label\n{written},a\n");

        Assert.Equal(full, Assert.Single(dataset.Samples).FullPath);
        dataset.RefuseMissing();
    }

    [Fact]
    public void A_name_as_it_is_written_comes_first_and_the_other_where_the_file_is_only_there()
    {
        Assert.SkipWhen(OperatingSystem.IsMacOS(), "one folder has both names here");
        string[] files = [folder.Image($"{Composed}/1.jpg"), folder.Image($"{Decomposed}/1.jpg"), folder.Image($"{Decomposed}/2.jpg")];

        Assert.Equal(
            files.Order(StringComparer.Ordinal),
            Open($"path,label\n{Composed}/1.jpg,a\n{Decomposed}/1.jpg,a\n{Composed}/2.jpg,a\n").Samples.Select(sample => sample.FullPath).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void One_file_under_both_names_is_used_once()
    {
        folder.Image($"{Composed}/1.jpg");

        ImageDataset dataset = Open($"path,label\n{Composed}/1.jpg,a\n{Decomposed}/1.jpg,a\n");

        Assert.Single(dataset.Samples);
    }

    [Fact]
    public void A_dataset_is_found_by_its_name_in_the_other_form()
    {
        folder.Images($"{Composed}/a/1.jpg", $"{Composed}/b/1.jpg");

        Assert.Equal(["a", "b"], TestDatasets.Open(folder.At(Decomposed), Lenient).Classes);
        Assert.Equal(2, TestDatasets.Inputs([folder.At(Decomposed)]).Count(input => input.Error is null));
        Assert.Null(Assert.Single(TestDatasets.Inputs([folder.At(Decomposed, "a", "1.jpg")])).Error);
    }

    [Fact]
    public void A_manifest_whose_images_were_moved_says_where_it_looked_and_where_they_are()
    {
        folder.Images("set/a/0.png", "set/b/0.png");

        string message = Missing("path,label\nC:\\Users\\me\\set\\a\\0.png,a\nC:\\Users\\me\\set\\a\\1.png,a\nC:\\Users\\me\\set\\b\\0.png,b\nC:\\Users\\me\\set\\b\\1.png,b\n");

        Assert.Contains("lists 4 images, and none of them is there: 'C:\\Users\\me\\set\\a\\0.png' (looked for at '", message, StringComparison.Ordinal);
        Assert.Contains(" and 1 more. 'set/a/0.png' is there below the manifest's folder: write the paths relative to it.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_manifest_that_was_moved_below_its_images_says_where_it_should_be()
    {
        folder.Images("set/a/0.png");
        string manifest = folder.Text("set/lists/m.csv", "path,label\na/0.png,a\n");

        Assert.Contains($"'a/0.png' is there below '{folder.At("set")}': move the manifest there.", Missing(manifest: manifest), StringComparison.Ordinal);
    }

    [Fact]
    public void Images_that_are_nowhere_are_told_with_what_paths_are_relative_to()
    {
        string message = Missing("path,label\nnot/here.png,a\n");

        Assert.Contains($"lists 1 image, and none of them is there: 'not/here.png' (looked for at '{folder.At("not", "here.png")}').", message, StringComparison.Ordinal);
        Assert.EndsWith("Paths are relative to the manifest's folder: correct them, or move the manifest to where they start.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_image_that_is_there_makes_the_others_images_that_cannot_be_read()
    {
        folder.Image("1.jpg");

        Open("path,label\n1.jpg,a\n2.jpg,b\n").RefuseMissing();
    }

    private string Missing(string text = "", string? manifest = null) =>
        Assert.Throws<DatasetException>(() => TestDatasets.Open(manifest ?? folder.Text("m.csv", text), Lenient).RefuseMissing()).Message;

    private ImageDataset Open(string text) => TestDatasets.Open(folder.Text("m.csv", text), Lenient);
}
