using InceptionMl.Training.Versions;

namespace InceptionMl.Training.Tests.Registry;

/// <summary>
/// A disk that fails from some step on. A cut of power stops everything for good, half of the step done; on a full disk nothing more can be
/// written, but renaming and deleting go on.
/// </summary>
internal sealed class FailingDisk(int steps, bool isFull) : IRegistryDisk
{
    private int left = steps;

    public bool HasFailed { get; private set; }

    public void CreateFolder(string path) => Step(writes: true, () => Directory.CreateDirectory(path), () => { });

    public void Write(string path, ReadOnlyMemory<byte> content) => Step(
        writes: true, () => WriteNew(path, content.Span), () => WriteNew(path, content.Span[..(content.Length / 2)]));

    public void Flush(string path) => Step(writes: true, () => Assert.True(File.Exists(path)), () => { });

    public void MoveFile(string from, string to) => Step(writes: false, () => File.Move(from, to, overwrite: true), () => { });

    public void MoveFolder(string from, string to) => Step(writes: false, () => Directory.Move(from, to), () => { });

    public void DeleteFile(string path) => Step(writes: false, () => File.Delete(path), () => { });

    public void DeleteFolder(string path) => Step(writes: false, () => Directory.Delete(path, recursive: true), () => DeleteHalf(path));

    private void Step(bool writes, Action whole, Action half)
    {
        if (left-- > 0 || (isFull && !writes))
        {
            whole();
            return;
        }

        if (isFull || !HasFailed)
        {
            half();
        }

        HasFailed = true;
        throw new IOException(isFull ? "No space left on device" : "The power was cut");
    }

    private static void WriteNew(string path, ReadOnlySpan<byte> content)
    {
        using FileStream file = new(path, FileMode.CreateNew);
        file.Write(content);
    }

    private static void DeleteHalf(string path)
    {
        string[] files = Directory.GetFiles(path, "*", SearchOption.AllDirectories);
        foreach (string file in files.Take((files.Length + 1) / 2))
        {
            File.Delete(file);
        }
    }
}
