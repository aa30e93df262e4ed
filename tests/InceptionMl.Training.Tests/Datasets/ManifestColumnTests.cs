using InceptionMl.TestSupport;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Training.Tests.Datasets;

public sealed class ManifestColumnTests : IDisposable
{
    private static readonly DatasetOptions Lenient = new() { ForTraining = false };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("ImageSource,Label")]
    [InlineData("file_name,label")]
    [InlineData("filepath,labels")]
    [InlineData("FileNames,Class")]
    [InlineData("image_name,category")]
    [InlineData("Image Name,Class Name")]
    [InlineData("file_path,target")]
    [InlineData("img-path,Class-Label")]
    public void Columns_as_other_programs_call_them_are_known(string header)
    {
        ImageSample sample = Assert.Single(Open($"{header}\n1.jpg,a\n").Samples);

        Assert.Equal((folder.At("1.jpg"), "a"), (sample.FullPath, sample.Label));
    }

    [Fact]
    public void A_name_that_was_always_known_counts_before_one_that_is_known_since() =>
        Assert.Equal("a", Assert.Single(Open("image_name,path,label,class_name\nx,1.jpg,a,b\n").Samples).Label);

    [Fact]
    public void Two_names_that_count_alike_are_told() => Refuse("filepath,image_name,label\n1,2,a\n", new(), "has 2 columns that could be the path, 'filepath', 'image_name'");

    [Theory]
    [InlineData("part")]
    [InlineData("split")]
    [InlineData("Subset")]
    [InlineData("ML_USE")]
    public void A_column_of_parts_is_known(string name) => Assert.Equal(
        [SplitPart.Train, SplitPart.Test, null], Open($"path,label,{name}\n1.jpg,a,train\n2.jpg,a,TEST\n3.jpg,a,\n").Samples.Select(sample => sample.Given));

    [Fact]
    public void A_part_number_is_no_part()
    {
        ImageDataset dataset = Open("path,label,part\n1.jpg,a,\n2.jpg,a,M8-30\n3.jpg,a,test\n");

        Assert.All(dataset.Samples, sample => Assert.Null(sample.Given));
        Assert.Contains("The column 'part' of", Assert.Single(dataset.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_that_is_misspelled_below_a_right_one_is_refused() => Refuse("path,label,part\n1.jpg,a,test\n2.jpg,a,tset\n", new(), "line 3: the split 'tset'");

    [Fact]
    public void A_column_that_is_asked_for_to_be_the_part_holds_parts() =>
        Refuse("path,label,part\n1.jpg,a,M8-30\n", new() { Part = "part" }, "line 2: the split 'M8-30'");

    [Fact]
    public void Columns_that_are_asked_for_are_taken_whatever_else_is_there()
    {
        ImageSample sample = Assert.Single(
            Open("path;file;label;species;split;use\nx;1.jpg;bird;wren;train;test\n", new() { Path = "FILE", Label = " species ", Part = "use" }).Samples);

        Assert.Equal((folder.At("1.jpg"), "wren", SplitPart.Test), (sample.FullPath, sample.Label, sample.Given));
    }

    [Fact]
    public void A_column_that_is_taken_for_one_thing_is_not_taken_for_another() =>
        Assert.Equal("1.jpg", Assert.Single(Open("file,path\n1.jpg,a\n", new() { Label = "path" }).Samples).Path[(folder.Path.Length + 1)..]);

    [Fact]
    public void A_column_that_is_asked_for_and_not_there_is_told_with_those_that_are() =>
        Refuse("shot;kind\n1.jpg;a\n", new() { Path = "shot", Label = "species" }, "has no column 'species'; its columns are 'shot', 'kind'.");

    [Fact]
    public void A_header_without_known_names_is_told_with_its_names() =>
        Refuse("\nshot,label\n1.jpg,a\n", new(), "line 2: the header has no path column (path, file, filename, image, image_path or the like); its columns are 'shot', 'label'.");

    [Fact]
    public void Columns_of_a_folder_are_refused()
    {
        folder.Images("a/1.jpg", "a/2.jpg", "b/1.jpg", "b/2.jpg");
        DatasetSource source = new(folder.Path) { Columns = new DatasetSource.ManifestColumns { Label = "species" } };

        DatasetException refusal = Assert.Throws<DatasetException>(() => Open(source));

        Assert.Contains("is a folder, which has no column 'species'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_registrys_own_table_of_images_is_a_manifest()
    {
        string hash = new('0', 64);
        ImageDataset dataset = Open($"sha256,label,part,path\n{hash},a,train,/images/1.jpg\n{hash},a,test,/images/2.jpg\n");

        Assert.Equal([("/images/1.jpg", SplitPart.Train), ("/images/2.jpg", SplitPart.Test)], dataset.Samples.Select(sample => (sample.Path, sample.Given!.Value)));
    }

    private void Refuse(string text, DatasetSource.ManifestColumns columns, string message)
    {
        DatasetException refusal = Assert.Throws<DatasetException>(() => Open(text, columns));

        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("m.csv'", refusal.Message, StringComparison.Ordinal);
    }

    private ImageDataset Open(string text, DatasetSource.ManifestColumns? columns = null) =>
        Open(new DatasetSource(folder.Text("m.csv", text)) { Columns = columns ?? new DatasetSource.ManifestColumns() });

    private static ImageDataset Open(DatasetSource source) => ImageDataset.Open(source, Lenient, TestContext.Current.CancellationToken);
}
