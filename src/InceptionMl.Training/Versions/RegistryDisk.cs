using InceptionMl.Internal;

namespace InceptionMl.Training.Versions;

/// <summary>The real disk.</summary>
internal sealed class RegistryDisk : IRegistryDisk
{
    public void CreateFolder(string path) => Directory.CreateDirectory(path);

    public void Write(string path, ReadOnlyMemory<byte> content) => AtomicFile.WriteNew(path, file => file.Write(content.Span));

    public void Flush(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        file.Flush(flushToDisk: true);
    }

    public void MoveFile(string from, string to) => File.Move(from, to, overwrite: true);

    public void MoveFolder(string from, string to) => Directory.Move(from, to);

    public void DeleteFile(string path) => File.Delete(path);

    public void DeleteFolder(string path) => Directory.Delete(path, recursive: true);
}
