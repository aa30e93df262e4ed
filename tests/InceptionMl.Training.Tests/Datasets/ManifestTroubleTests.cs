using System.Text;
using InceptionMl.TestSupport;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Training.Tests.Datasets;

/// <summary>Manifests as other programs leave them: read where what is meant is clear, else told for what they are.</summary>
public sealed class ManifestTroubleTests : IDisposable
{
    private static readonly DatasetOptions Lenient = new() { ForTraining = false };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("path,label\n1.jpg,a\n2.jpg,b\n\u001A")]
    [InlineData("path,label\r\n1.jpg,a\r\n2.jpg,b\u001A")]
    [InlineData("path,label\n1.jpg,a\n2.jpg,\"b\"\n\u001A\u001A\u001A")]
    public void The_end_of_file_character_of_DOS_ends_the_file(string text) => Assert.Equal(["a", "b"], Open(text).Classes);

    [Theory]
    [InlineData("path,label\n1.jpg,a\n\0", "line 3: the line holds NUL characters, as a damaged file or text in UTF-16 does")]
    [InlineData("path,label\n1.jpg,a\0\0\0", "line 2: the line holds NUL characters")]
    [InlineData("path,label\n1.jpg,a\u001Ab\n", "line 2: the label holds a control character")]
    public void A_damaged_end_is_told_for_what_it_is(string text, string message) => Refuse(text, message);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Utf16_without_its_mark_is_named(bool bigEndian)
    {
        string manifest = folder.Write("m.csv", new UnicodeEncoding(bigEndian, byteOrderMark: false).GetBytes("path,label\r\n1.jpg,a\r\n"));

        Assert.Contains(
            "is text in UTF-16 without the mark that says so", Assert.Throws<DatasetException>(() => TestDatasets.Open(manifest, Lenient)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("path|label\n1.jpg|a, b\n")]
    [InlineData("sep=|\npath|label\n1.jpg|a, b\n")]
    public void Vertical_bars_separate_fields(string text) => Assert.Equal(["a, b"], Open(text).Classes);

    [Theory]
    [InlineData("# made by hand\n# on a Monday\npath,label\n1.jpg,a\n")]
    [InlineData("#path,label\n1.jpg,a\n")]
    [InlineData("# path, label\n1.jpg,a\n")]
    [InlineData("# files\n\n#path;label\n1.jpg;a\n")]
    [InlineData("# path, label\npath,label\n1.jpg,a\n")]
    [InlineData("#,path,label\n1,1.jpg,a\n")]
    public void Remarks_above_the_header_are_skipped_and_one_may_be_the_header(string text)
    {
        ImageDataset dataset = Open(text);

        ImageSample sample = Assert.Single(dataset.Samples);
        Assert.Equal((folder.At("1.jpg"), "a"), (sample.FullPath, sample.Label));
        Assert.Empty(dataset.Diagnostics);
    }

    [Fact]
    public void Lines_are_counted_with_the_remarks_above_them() => Refuse("# one\n# two\npath,label\n1.jpg,a\n2.jpg\n", "line 5: the row has 1 field");

    [Theory]
    [InlineData("TRAIN,1.jpg,a\nTEST,2.jpg,a\nUNASSIGNED,3.jpg,b\n")]
    [InlineData("1.jpg,a,train\n2.jpg,a,test\n3.jpg,b,\n")]
    public void A_manifest_of_Vertex_AI_has_no_header_and_is_read(string text)
    {
        ImageDataset dataset = Open(text);

        Assert.Equal(["1.jpg", "2.jpg", "3.jpg"], dataset.PathsBelow(folder.Path));
        Assert.Equal([SplitPart.Train, SplitPart.Test, null], dataset.Samples.Select(sample => sample.Given));
        Assert.Equal(["a", "b"], dataset.Classes);
        Assert.Contains("has no header; its column", Assert.Single(dataset.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.jpg,a\n2.jpg,b\n")]
    [InlineData("a;1.jpg\nb;2.jpg\n")]
    [InlineData("# list\n1.jpg\ta\n2.jpg\tb\n")]
    public void A_manifest_without_a_header_is_read_where_its_path_is_clear(string text)
    {
        ImageDataset dataset = Open(text);

        Assert.Equal([(folder.At("1.jpg"), "a"), (folder.At("2.jpg"), "b")], dataset.Samples.Select(sample => (sample.FullPath, sample.Label)));
        Assert.Contains("has no header", Assert.Single(dataset.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_an_extension_that_is_there_is_a_path()
    {
        folder.Image("images/one");

        Assert.Equal(["cat"], Open("images/one,cat\n").Classes);
    }

    [Theory]
    [InlineData("1.jpg,a,b,c\n", "has no header: line 1 is a row already, '1.jpg', 'a', 'b', 'c'. Put a line above it that names the columns, such as path,label.")]
    [InlineData("1.jpg,2.jpg\n", "has no header")]
    [InlineData("path,cat,dog,hen\n1.jpg,1,0,0\n2.jpg,0,1,0\n", "has no label column; its columns 'cat', 'dog', 'hen' look one-hot")]
    [InlineData("filename, cat, dog\n1.jpg, 0.0, 1.0\n", "its columns 'cat', 'dog' look one-hot")]
    [InlineData("image;cat;dog\n1.jpg;False;True\n", "Write one column, label, that holds the name of the class instead")]
    [InlineData("path,label\ndata:image/png;base64.iVBORw0KGgo=,a\n", "line 2: 'data:image/png;base64.iVBORw0KGgo=' is a data URI, an image written as text")]
    [InlineData("path,label\nhttps://example.org/1.jpg,a\n", "line 2: 'https://example.org/1.jpg' is an address: only files are read and nothing is fetched, so download it and list the file.")]
    [InlineData("TRAIN,gs://bucket/1.jpg,a\n", "line 1: 'gs://bucket/1.jpg' is an address")]
    [InlineData("image_url,label\nhttp://example.org/1?size=2,a\n", "line 2: 'http://example.org/1?size=2' is an address")]
    public void What_cannot_be_read_is_told_for_what_it_is(string text, string message) => Refuse(text, message);

    [Fact]
    public void An_image_in_a_line_that_is_too_long_is_named() =>
        Refuse("path,label\n\"data:image/jpeg;base64," + new string('A', 100_000) + "\",a\n", "line 2: the line holds a data URI, an image written as text");

    private void Refuse(string text, string message)
    {
        string refusal = Assert.Throws<DatasetException>(() => Open(text)).Message;
        Assert.Contains(message, refusal, StringComparison.Ordinal);
        Assert.Contains("m.csv'", refusal, StringComparison.Ordinal);
        Assert.Matches(@"[^.?][.?]$", refusal);
        Assert.DoesNotContain("..", refusal, StringComparison.Ordinal);
    }

    private ImageDataset Open(string text) => TestDatasets.Open(folder.Text("m.csv", text), Lenient);
}
