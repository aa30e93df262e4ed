using System.Globalization;
using System.Text;
using CsCheck;
using CsvHelper;
using CsvHelper.Configuration;
using InceptionMl.TestSupport;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Training.Tests.Datasets;

public sealed class ManifestPropertyTests
{
    private const string Awkward = "ab,;\"' []#=é漢|-.x";

    private static readonly DatasetOptions Lenient = new() { ForTraining = false };

    private static readonly Gen<string> Text =
        Gen.Char[Awkward].Array[1, 8].Select(chars => new string(chars)).Where(text => !string.IsNullOrWhiteSpace(text));

    private static readonly Gen<(string Path, string Label, string Split, float Weight)> Row = Gen.Select(
        Text, Gen.Int[0, 2], Among("", "train", "val", "valid", "validation", "test", "TEST"), Gen.Float[1e-6f, 1e6f])
        .Select((path, label, split, weight) => (path, $" l\"{label}, ", split, weight));

    [Fact]
    public void Any_rows_are_read_back_as_written() =>
        Gen.Select(Row.Array[1, 20], Among(",", ";", "\t"), Among("\n", "\r\n"), Gen.Bool).Sample((rows, delimiter, newLine, marked) =>
        {
            // The number in front keeps paths apart, and the file's own folder out of the way.
            rows = [.. rows.Select((row, i) => row with { Path = $"{i}{row.Path}.jpg" })];
            using TemporaryFolder folder = new();
            string manifest = folder.At("m.csv");
            Write(manifest, rows, delimiter, newLine, marked);
            Dictionary<string, ImageSample> read = TestDatasets.Open(manifest, Lenient).Samples.ToDictionary(sample => sample.Path);
            Assert.Equal(rows.Length, read.Count);
            foreach ((string path, string label, string split, float weight) in rows)
            {
                ImageSample sample = read[$"{folder.Path}/{path}"];
                Assert.Equal((label, Part(split), weight), (sample.Label, sample.Given, sample.Weight));
                Assert.Equal(folder.At(path), sample.FullPath);
            }
        }, iter: 300);

    [Fact]
    public void Damaged_bytes_give_a_dataset_or_a_message()
    {
        using TemporaryFolder folder = new();
        byte[] whole = Encoding.UTF8.GetBytes("path,label,split,weight\r\n\"a, b.jpg\",x,train,1\nc.jpg,\"y \"\"z\"\"\",,0.5\né.jpg,é,val,2\n");
        Gen<(int At, byte To, int Kind)> change = Gen.Select(Gen.Int[0, whole.Length - 1], Gen.OneOf(Gen.Byte, Among([.. "\"\",;\t\r\n\0"u8])), Gen.Int[0, 2]);
        change.Array[1, 6].Sample(changes =>
        {
            List<byte> bytes = [.. whole];
            foreach ((int at, byte to, int kind) in changes)
            {
                int index = Math.Min(at, bytes.Count - 1);
                Action edit = kind switch { 0 => () => bytes[index] = to, 1 => () => bytes.Insert(index, to), _ => () => bytes.RemoveAt(index) };
                edit();
            }

            string path = folder.Write($"{Guid.NewGuid():N}.csv", [.. bytes]);
            try
            {
                Assert.NotEmpty(TestDatasets.Open(path, Lenient).Samples);
            }
            catch (DatasetException e)
            {
                Assert.Contains(path, e.Message, StringComparison.Ordinal);
            }
        }, iter: 3000);
    }

    private static Gen<T> Among<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static SplitPart? Part(string split) => split switch
    {
        "" => null,
        "train" => SplitPart.Train,
        "test" or "TEST" => SplitPart.Test,
        _ => SplitPart.Validation,
    };

    private static void Write(
        string manifest, (string Path, string Label, string Split, float Weight)[] rows, string delimiter, string newLine, bool marked)
    {
        using StreamWriter file = new(manifest, append: false, new UTF8Encoding(marked));
        using CsvWriter writer = new(file, new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = delimiter, NewLine = newLine });
        string[][] fields = [["split", "label", "path", "weight"], .. rows.Select(row => (string[])[row.Split, row.Label, row.Path, row.Weight.ToString("R", CultureInfo.InvariantCulture)])];
        foreach (string[] row in fields)
        {
            Array.ForEach(row, writer.WriteField);
            writer.NextRecord();
        }
    }
}
