using System.Text;
using InceptionMl.TestSupport;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Training.Tests.Datasets;

public sealed class ManifestTests : IDisposable
{
    private static readonly DatasetOptions Lenient = new() { ForTraining = false };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("m.csv", "path,label\nb/1.jpg,b\na/1.jpg,a\n")]
    [InlineData("m.csv", "\uFEFFpath,label\r\nb/1.jpg,b\r\na/1.jpg,a")]
    [InlineData("m.csv", "Label;FILENAME\nb;b/1.jpg\na;a/1.jpg\n")]
    [InlineData("m.csv", "sep=;\nlabel;file\nb;b/1.jpg\na;a/1.jpg\n")]
    [InlineData("m.tsv", "image_path\tclass\nb/1.jpg\tb\na/1.jpg\ta\n")]
    [InlineData("m.txt", "image\tcategory\tid\nb/1.jpg\tb\t7\na/1.jpg\ta\t8\n")]
    [InlineData("m.csv", "\n\npath , label\n\"b/1.jpg\", \"b\"\n\n a/1.jpg ,a\n\n")]
    public void Columns_are_found_by_name_whatever_the_delimiter(string name, string text)
    {
        string manifest = folder.Text(name, text);
        ImageDataset dataset = TestDatasets.Open(manifest, Lenient);
        Assert.Equal(DatasetLayout.Manifest, dataset.Layout);
        Assert.Equal(
            [new ImageSample($"{folder.Path}/a/1.jpg", folder.At("a", "1.jpg"), "a"), new ImageSample($"{folder.Path}/b/1.jpg", folder.At("b", "1.jpg"), "b")],
            dataset.Samples);
        Assert.Empty(dataset.Diagnostics);
    }

    [Fact]
    public void Empty_rows_that_Excel_leaves_are_skipped() =>
        Assert.Equal(2, Open("path,label,split,note\n1.jpg,a,train,x\n,,,\n2.jpg,b,test,\n,,,\n , ,,\n").Samples.Count);

    [Fact]
    public void A_label_composed_and_decomposed_is_one_label() =>
        Assert.Equal(["M\u00FCller"], Open("path,label\n1.jpg,M\u00FCller\n2.jpg,Mu\u0308ller\n").Classes);

    [Fact]
    public void Split_and_weight_are_read()
    {
        ImageDataset dataset = Open("path,label,split,weight\n1,a,train,0.5\n2,a,VAL,\n3,a,valid,2e1\n4,b,validation,1\n5,b,test,1\n6,b,,1\n");
        Assert.Equal(
            [SplitPart.Train, SplitPart.Validation, SplitPart.Validation, SplitPart.Validation, SplitPart.Test, null],
            dataset.Samples.Select(sample => sample.Given));
        Assert.Equal([0.5f, 1, 20, 1, 1, 1], dataset.Samples.Select(sample => sample.Weight));
    }

    [Fact]
    public void Quotes_hold_delimiters_and_quotes()
    {
        ImageSample sample = Assert.Single(Open("path,label\n\"a, \"\"b\"\".jpg\",\"x, y\"\n").Samples);
        Assert.Equal($"{folder.Path}/a, \"b\".jpg", sample.Path);
        Assert.Equal("x, y", sample.Label);
    }

    [Fact]
    public void Absolute_paths_and_paths_that_leave_the_folder_are_the_users_own()
    {
        string absolute = folder.Image("elsewhere/1.jpg");
        ImageDataset dataset = Open($"path,label\n{absolute},a\n../2.jpg,b\n");
        Assert.Contains(dataset.Samples, sample => sample.FullPath == absolute && sample.Path == absolute.Replace('\\', '/'));
        Assert.Contains(dataset.Samples, sample => sample.FullPath == Path.GetFullPath(folder.At("..", "2.jpg")) && sample.Path == $"{folder.Path}/../2.jpg");
    }

    [Fact]
    public void Backslashes_separate_folders_on_every_system()
    {
        folder.Image("cats/1.jpg");
        Assert.Equal(folder.At("cats", "1.jpg"), Assert.Single(Open("path,label\ncats\\1.jpg,a\n").Samples).FullPath);
    }

    [Fact]
    public void A_repeated_image_is_used_once()
    {
        ImageDataset dataset = Open("path,label\n1.jpg,a\n./1.jpg,a\n1.jpg,a\n");
        Assert.Single(dataset.Samples);
        Assert.EndsWith($"' names 1 image again, in 2 further rows; each is used once: '{dataset.Samples[0].Path}'.", Assert.Single(dataset.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Repeated_rows_are_not_counted_as_images()
    {
        string rows = string.Concat(Enumerable.Range(0, 3000).Select(i => FormattableString.Invariant($"{i % 42}.jpg,{(i % 42 < 20 ? "a" : "b")}\n")));
        ImageDataset dataset = Open("path,label\n" + rows);
        Assert.Equal(42, dataset.Samples.Count);
        Assert.Contains("names 42 images again, in 2,958 further rows; each is used once: ", Assert.Single(dataset.Diagnostics).Message, StringComparison.Ordinal);
        Assert.EndsWith(" and 37 more.", dataset.Diagnostics[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("\n\n", "is empty")]
    [InlineData("path,label\n", "has a header and no rows")]
    [InlineData("a,b\n1,2\n", "line 1: the header has no path column (path, file, filename, image, image_path or the like) and no label column")]
    [InlineData("path,file,label\n", "has 2 columns that could be the path, 'path', 'file'")]
    [InlineData("path,label,Class\n", "has 2 columns that could be the label, 'label', 'Class'")]
    [InlineData("path,label\n1.jpg,a\n2.jpg\n", "line 3: the row has 1 field, the header 2")]
    [InlineData("path,label\n1.jpg,a,b\n", "line 2: the row has 3 fields, the header 2")]
    [InlineData("path,label\r\n\r\n1.jpg,\r\n", "line 3: the label is empty")]
    [InlineData("path,label\n ,a\n", "line 2: the path is empty")]
    [InlineData("path,label\n1.jpg,a\n1.jpg,b\n", "lines 2 and 3: ")]
    [InlineData("path,label\n1.jpg,a\nx/../1.jpg,b\n", "two labels, 'a' and 'b'; keep one")]
    [InlineData("path,label,split\n1.jpg,a,train\n1.jpg,a,test\n", "has two splits")]
    [InlineData("path,label,weight\n1.jpg,a,1\n1.jpg,a,2\n", "has two weights")]
    [InlineData("path,label,split\n1.jpg,a,dev\n", "line 2: the split 'dev' is not train, validation or test")]
    [InlineData("path,label,part\n1.jpg,a,trian\n2.jpg,b,train\n3.jpg,b,test\n", "line 2: the split 'trian' is not train, validation or test")]
    [InlineData("path,label,part\n1.jpg,a,train\n2.jpg,b,trian\n", "line 3: the split 'trian' is not train, validation or test")]
    [InlineData("path,label,weight\n1.jpg,a,0\n", "line 2: the weight '0' is not a positive number")]
    [InlineData("path,label,weight\n1.jpg,a,\"1,5\"\n", "line 2: the weight '1,5'")]
    [InlineData("path,label,weight\n1.jpg,a,3e38\n", "line 2: the weight '3e38' is out of range; give a number from 0.000000001 to 1,000,000,000")]
    [InlineData("path,label,weight\n1.jpg,a,1e-44\n", "line 2: the weight '1e-44' is out of range")]
    [InlineData("path,label,weight\n1.jpg,a,NaN\n", "line 2: the weight 'NaN'")]
    [InlineData("path,label,weight\n1.jpg,a,1e99\n", "line 2: the weight '1e99'")]
    [InlineData("path,label\n1.jpg,a\n\"2.jpg,b\n3.jpg,c\n", "line 3: a quote is opened and not closed")]
    [InlineData("path,label\n2\"x\".jpg,b\n", "line 2: a quote stands where none may")]
    [InlineData("path,label\n1.jpg,\"a\nb\"\n2.jpg,c\n", "line 2: the label holds a control character or a line break")]
    [InlineData("path,label\n1\0.jpg,a\n", "line 2: the line holds NUL characters")]
    [InlineData("path,label\ndata:image/png;base64,iVBORw0KGgo,a\n", "line 2: 'data:image/png;base64' is a data URI")]
    [InlineData("{\"images\": []}\n", " is JSON, not a table")]
    [InlineData("PK\u0003\u0004\u0014", " is a ZIP archive, as Excel workbooks are")]
    [InlineData("%PDF-1.7\n", " is a PDF document")]
    [InlineData("\n [\n", " is JSON, not a table")]
    public void What_is_wrong_is_said_with_its_line(string text, string message)
    {
        string refusal = Assert.Throws<DatasetException>(() => Open(text)).Message;
        Assert.Contains(message, refusal, StringComparison.Ordinal);
        Assert.Contains("m.csv'", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_are_counted_across_quoted_breaks_in_columns_nobody_reads() =>
        Assert.Contains("line 5: the label is empty", Assert.Throws<DatasetException>(
            () => Open("path,label,note\n1.jpg,a,\"x\r\ny\nz\"\n2.jpg,,n\n")).Message, StringComparison.Ordinal);

    [Fact]
    public void Text_in_another_encoding_is_said_with_its_line()
    {
        string manifest = folder.Write("m.csv", [.. "path,label\n1.jpg,caf"u8, 0xE9, (byte)'\n']);
        Assert.Contains("line 2: the label is not UTF-8", Assert.Throws<DatasetException>(() => TestDatasets.Open(manifest, Lenient)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Utf16_with_its_mark_is_read()
    {
        string manifest = folder.Write("m.csv", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("path,label\n1.jpg,café\n")]);
        Assert.Equal(["café"], TestDatasets.Open(manifest, Lenient).Classes);
    }

    [Fact]
    public void A_line_without_end_is_refused_before_it_is_held()
    {
        string longLine = Assert.Throws<DatasetException>(() => Open("path,label\n1.jpg,a\n" + new string('x', 100_000))).Message;
        Assert.Contains("line 3: the line is longer than 65536 characters", longLine, StringComparison.Ordinal);
        string openQuote = Assert.Throws<DatasetException>(() => Open("path,label\n\"" + string.Concat(Enumerable.Repeat("1.jpg,a\n", 20_000)))).Message;
        Assert.Contains("line 2: a field is longer than 65536 characters", openQuote, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_manifest_is_named_as_such()
    {
        Assert.Contains("is an image", Assert.Throws<DatasetException>(() => TestDatasets.Open(folder.Image("1.jpg"))).Message, StringComparison.Ordinal);
        string binary = folder.Write("model.bin", [0x00, 0x4B, 3, 4, 0, 0, 0, 0]);
        Assert.Contains("is not a text file", Assert.Throws<DatasetException>(() => TestDatasets.Open(binary)).Message, StringComparison.Ordinal);
    }

    private ImageDataset Open(string text) => TestDatasets.Open(folder.Text("m.csv", text), Lenient);
}
