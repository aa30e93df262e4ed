using System.IO.Compression;
using InceptionMl.TestSupport;

namespace InceptionMl.Batch.Tests;

/// <summary>Batches to read, and what is read of them.</summary>
internal static class Batches
{
    /// <summary>A small image that is whole.</summary>
    public static byte[] Image { get; } = File.ReadAllBytes(TrainedDemo.TestImages[0]);

    public static Task<List<BatchInput>> ReadAsync(params string[] arguments) => ReadAsync(new BatchOptions(), null, arguments);

    public static async Task<List<BatchInput>> ReadAsync(BatchOptions options, InputTally? tally, params string[] arguments) =>
        await BatchInputs.EnumerateAsync(arguments.ToAsyncEnumerable(), options, tally).ToListAsync();

    public static string Zip(TemporaryFolder folder, params (string Name, byte[] Content)[] entries)
    {
        string path = folder.At("images.zip");
        using ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach ((string name, byte[] content) in entries)
        {
            using Stream entry = zip.CreateEntry(name).Open();
            entry.Write(content);
        }

        return path;
    }

    public static string Text(TemporaryFolder folder, string name, string content) => folder.Write(name, System.Text.Encoding.UTF8.GetBytes(content));
}
