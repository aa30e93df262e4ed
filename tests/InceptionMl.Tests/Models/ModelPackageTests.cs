using System.IO.Compression;
using System.Text;
using CsCheck;
using InceptionMl.Internal;
using InceptionMl.Models;
using InceptionMl.Models.Internal;
using InceptionMl.Scoring;
using InceptionMl.TestSupport;

namespace InceptionMl.Tests.Models;

public sealed class ModelPackageTests(TrainedDemo demo)
{
    private static ModelFormatException Refusal(string path) => Assert.Throws<ModelFormatException>(() => ImageScorer.Open(path));

    [Theory]
    [InlineData("\u0089PNG\r\n\u001A\n\0\0\0\rIHDR", "is a PNG file, not a model")]
    [InlineData("version https://git-lfs.github.com/spec/v1\n", "is a Git LFS pointer")]
    [InlineData("<!doctype html>", "is a web page")]
    [InlineData("{ \"kind\": 1 }", "is JSON, not a model")]
    [InlineData("\u001F\u008B\b\0", "is compressed with gzip")]
    [InlineData("no zip", "is no readable zip file")]
    public void What_is_given_in_place_of_a_model_is_told_for_what_it_is(string latin1, string message)
    {
        using TemporaryFolder folder = new();
        Assert.Contains(message, Refusal(folder.Write("model.zip", Encoding.Latin1.GetBytes(latin1))).Message, StringComparison.Ordinal);
    }

    private string Edited(TemporaryFolder folder, string entry, Func<byte[], byte[]?> edit)
    {
        string copy = folder.At("edited.zip");
        File.Copy(demo.Model, copy, overwrite: true);
        using ZipArchive zip = ZipFile.Open(copy, ZipArchiveMode.Update);
        ZipArchiveEntry found = zip.Entries.Single(e => e.FullName.EndsWith(entry, StringComparison.Ordinal));
        byte[] old;
        using (MemoryStream memory = new())
        {
            using Stream stream = found.Open();
            stream.CopyTo(memory);
            old = memory.ToArray();
        }

        string name = found.FullName;
        found.Delete();
        if (edit(old) is { } replaced)
        {
            using Stream stream = zip.CreateEntry(name).Open();
            stream.Write(replaced);
        }

        return copy;
    }

    private static Func<byte[], byte[]> Text(string from, string to) => bytes =>
    {
        string text = Encoding.UTF8.GetString(bytes);
        Assert.Contains(from, text, StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal));
    };

    [Fact]
    public void A_file_that_is_no_zip_is_refused_by_name()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("model.zip", "not a zip"u8.ToArray());

        Assert.StartsWith($"{path} is no readable zip", Refusal(path).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_zip_that_is_no_model_is_refused()
    {
        using TemporaryFolder folder = new();
        string path = folder.At("other.zip");
        using (ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            zip.CreateEntry("readme.txt");
        }

        Assert.Contains("is no model of InceptionMl", Refusal(path).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mine/InceptionMl/card.json", "it holds one in its folder 'mine': zip what is in that folder, and not the folder")]
    [InlineData("to/send/mine.ZIP", "it holds another zip, 'to/send/mine.ZIP': unpack that and name it")]
    public void A_model_inside_a_folder_or_a_zip_of_a_zip_is_told(string entry, string told)
    {
        using TemporaryFolder folder = new();
        string path = folder.At("sent.zip");
        using (ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            zip.CreateEntry("readme.txt");
            zip.CreateEntry(entry);
        }

        Assert.Equal($"{path} is no model of InceptionMl: {told}.", Refusal(path).Message);
    }

    [Theory]
    [InlineData("\"classes\": [", "\"klasses\": [", "holds a damaged model card: 'classes' is missing")]
    [InlineData("\"tensor\": \"image\"", "\"tensors\": \"image\"", "holds a damaged model card: 'tensor' is missing in backbone.input")]
    public void A_card_that_lacks_something_names_it(string from, string to, string told)
    {
        using TemporaryFolder folder = new();
        string path = Edited(folder, "card.json", Text(from, to));

        Assert.Equal($"{path} {told}.", Refusal(path).Message);
    }

    [Fact]
    public void A_newer_format_is_refused_with_what_to_do()
    {
        using TemporaryFolder folder = new();

        string message = Refusal(Edited(folder, "card.json", Text("\"formatVersion\": 1", "\"formatVersion\": 2"))).Message;

        Assert.Contains("format 2", message, StringComparison.Ordinal);
        Assert.Contains("update InceptionMl", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("card.json", "image-classifier", "image-finder", "another kind")]
    [InlineData("card.json", "\"temperature\": 1", "\"temperature\": 0", "temperature")]
    [InlineData("card.json", "\"nut\"", "\"bolt\"", "same name")]
    [InlineData("card.json", "\"version\": 1,", "\"version\": 9,", "preprocessing")]
    [InlineData("card.json", "OnnxModel", "../../../OnnxModel", "has no")]
    [InlineData("card.json", "\"classes\": [", "\"classes\": ", "damaged model card")]
    [InlineData("card.json", "\"width\": 1576", "\"width\": 1577", "sum of its sources")]
    public void A_card_that_does_not_fit_is_refused(string entry, string from, string to, string named)
    {
        using TemporaryFolder folder = new();

        Assert.Contains(named, Refusal(Edited(folder, entry, Text(from, to))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_with_one_changed_byte_is_refused()
    {
        using TemporaryFolder folder = new();

        string message = Refusal(Edited(folder, "OnnxModel", bytes =>
        {
            bytes[bytes.Length / 2] ^= 1;
            return bytes;
        })).Message;

        Assert.Contains("checksum", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("InceptionMl/head.safetensors", 2000)]
    [InlineData("InceptionMl/card.json", 40)]
    public void A_changed_byte_of_any_entry_that_is_read_is_refused(string entry, int behind)
    {
        byte[] zip = File.ReadAllBytes(demo.Model);
        int at = zip.AsSpan().IndexOf(Encoding.UTF8.GetBytes(entry)) + entry.Length + behind;
        zip[at] ^= 0x80;
        using MemoryStream stream = new(zip);

        Assert.Throws<ModelFormatException>(() => ImageScorer.Open(stream));
    }

    [Fact]
    public void A_missing_entry_is_named()
    {
        using TemporaryFolder folder = new();

        Assert.Contains("has no InceptionMl/head.safetensors", Refusal(Edited(folder, "head.safetensors", _ => null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mutated_and_truncated_zips_open_or_are_refused_and_nothing_else()
    {
        byte[] whole = File.ReadAllBytes(demo.Model);
        int tail = whole.Length - 3000;

        // The directory and the small entries lie at both ends; the network in between has its checksum.
        Gen.Select(Gen.OneOf(Gen.Int[0, 20_000], Gen.Int[tail, whole.Length - 1]), Gen.Byte, Gen.Int[0, 9], Gen.Int[0, whole.Length]).Sample((at, value, cut, length) =>
        {
            byte[] mutated = [.. whole];
            mutated[at] = value;
            using MemoryStream stream = new(mutated, 0, cut == 0 ? length : whole.Length);
            try
            {
                Assert.Equal(6, ModelPackage.Read(stream, new Subject("The model")).Card.Classes.Count);
            }
            catch (ModelFormatException exception)
            {
                Assert.NotEmpty(exception.Message);
            }
        }, iter: 300);
    }

    [Fact]
    public void The_model_can_come_from_a_stream()
    {
        using MemoryStream stream = new(File.ReadAllBytes(demo.Model));
        using ImageScorer scorer = ImageScorer.Open(stream);

        Assert.Equal(6, scorer.Labels.Count);
    }
}
