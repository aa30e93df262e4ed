using System.Text;
using InceptionMl.Batch;
using InceptionMl.TestSupport;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Datasets.Internal;

namespace InceptionMl.Training.Tests.Datasets;

/// <summary>Datasets of files that begin like a JPEG: enough where nothing is decoded.</summary>
internal static class TestDatasets
{
    public static ImageDataset Open(string path, DatasetOptions? options = null) =>
        ImageDataset.Open(path, options, TestContext.Current.CancellationToken);

    public static IEnumerable<ImageInput> Inputs(IEnumerable<string> arguments, InputTally? tally = null) =>
        ImageInputs.Enumerate(arguments, tally, TestContext.Current.CancellationToken);

    public static SplitResult Split(IReadOnlyList<SplitItem> items, SplitFractions? fractions = null) =>
        ContentSplit.Assign(items, fractions, TestContext.Current.CancellationToken);

    /// <summary>An image whose content draws u = <paramref name="draw"/> / 2^64; <paramref name="low"/> tells contents of one draw apart.</summary>
    public static SplitItem Item(ulong draw, string label = "a", SplitPart? given = null, ulong low = 0, string path = "x") =>
        new(new ImageSample(path, path, label, given), new ContentHash((UInt128)draw << 64, low));

    /// <summary>An image whose content draws u.</summary>
    public static SplitItem At(double u, string label = "a", SplitPart? given = null, string path = "x") =>
        Item((ulong)Math.ScaleB(u, 64), label, given, path: path);

    public static string Image(this TemporaryFolder folder, string path, string? content = null) =>
        folder.Write(path, [0xFF, 0xD8, 0xFF, .. Encoding.UTF8.GetBytes(content ?? path)]);

    public static void Images(this TemporaryFolder folder, params string[] paths) => Array.ForEach(paths, path => folder.Image(path));

    public static string Text(this TemporaryFolder folder, string path, string text) => folder.Write(path, Encoding.UTF8.GetBytes(text));

    /// <summary>The paths of a dataset's samples below the folder they were opened from.</summary>
    public static string[] PathsBelow(this ImageDataset dataset, string root) =>
        [.. dataset.Samples.Select(sample => sample.Path[(root.Length + 1)..])];

    /// <summary>Makes a symbolic link, or skips the running test where the platform forbids it.</summary>
    public static void LinkOrSkip(this TemporaryFolder folder, string path, string target)
    {
        string link = folder.At(path);
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        try
        {
            if (Directory.Exists(Path.GetFullPath(target, Path.GetDirectoryName(link)!)))
            {
                Directory.CreateSymbolicLink(link, target);
            }
            else
            {
                File.CreateSymbolicLink(link, target);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Assert.Skip($"symbolic links cannot be made here: {e.Message}");
        }
    }
}
