namespace InceptionMl.Training.Versions;

/// <summary>Every step by which a registry changes on disk, so that tests can cut the power between any two of them.</summary>
internal interface IRegistryDisk
{
    /// <summary>Makes a folder and those above it; one that is there stays.</summary>
    public void CreateFolder(string path);

    /// <summary>Writes a file that is not there yet, and flushes it to the disk.</summary>
    public void Write(string path, ReadOnlyMemory<byte> content);

    /// <summary>Flushes a file that somebody else wrote to the disk.</summary>
    public void Flush(string path);

    /// <summary>Renames a file over another, in one step.</summary>
    public void MoveFile(string from, string to);

    /// <summary>Renames a folder to a name not taken, in one step.</summary>
    public void MoveFolder(string from, string to);

    /// <summary>Deletes a file; one that is gone already is none the less deleted.</summary>
    public void DeleteFile(string path);

    /// <summary>Deletes a folder with all in it, not following links.</summary>
    public void DeleteFolder(string path);
}
