using System.Text;
using InceptionMl.Backbones.Classification;
using InceptionMl.TestSupport;

namespace InceptionMl.Backbones.Tests.Classification;

public sealed class ClassNameFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Refusal(byte[] bytes)
    {
        string path = folder.Write("names.txt", bytes);
        string message = Assert.Throws<BackboneException>(() => ClassNameFile.Read(path)).Message;
        Assert.StartsWith(path, message, StringComparison.Ordinal);
        return message;
    }

    [Fact]
    public void Text_has_a_name_a_line_before_which_a_WordNet_id_may_stand()
    {
        byte[] text = [.. Encoding.UTF8.Preamble, .. "tench\r\nn01440764 tench, Tinca tinca\n  café \nn014407 fish\n\n"u8];

        Assert.Equal(
            [new ImageClass("tench"), new ImageClass("tench, Tinca tinca", "n01440764"), new ImageClass("café"), new ImageClass("n014407 fish")],
            ClassNameFile.Read(folder.Write("names.txt", text)));
    }

    [Fact]
    public void The_index_as_Keras_publishes_it_is_taken_too() =>
        Assert.Equal(new ImageClass("thing 999", "n00009990"), ClassNameFile.Read(folder.Write("index.json", SmallClassifier.Index()))[999]);

    [Fact]
    public void What_is_no_list_of_names_is_refused_with_its_place()
    {
        Assert.Contains("line 2 has an empty name", Refusal("a\n\nb"u8.ToArray()), StringComparison.Ordinal);
        Assert.Contains("line 1 has an empty name", Refusal([]), StringComparison.Ordinal);
        Assert.Contains("line 1 has a control character", Refusal("a\u001b[2Jb"u8.ToArray()), StringComparison.Ordinal);
        Assert.Contains("line 1 has a name of 300 characters", Refusal([.. Enumerable.Repeat((byte)'a', 300)]), StringComparison.Ordinal);
        Assert.Contains("not UTF-8", Refusal([0xFF, 0xFE]), StringComparison.Ordinal);
        Assert.Contains("class 0 is not an array", Refusal("{\"0\": 1}"u8.ToArray()), StringComparison.Ordinal);
        Assert.Contains("lines", Refusal([.. Enumerable.Range(0, 140_000).Select(i => (byte)(i % 2 == 0 ? 'a' : '\n'))]), StringComparison.Ordinal);
        Assert.Contains("bytes", Refusal(new byte[9 << 20]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_or_a_folder_is_said()
    {
        Assert.Contains("no such file", Assert.Throws<BackboneException>(() => ClassNameFile.Read(folder.At("none.txt"))).Message, StringComparison.Ordinal);
        Assert.Contains(folder.Path, Assert.Throws<BackboneException>(() => ClassNameFile.Read(folder.Path)).Message, StringComparison.Ordinal);
    }
}
