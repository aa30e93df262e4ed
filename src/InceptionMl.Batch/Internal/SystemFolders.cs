namespace InceptionMl.Batch.Internal;

/// <summary>Folders that archivers, file servers and the roots of volumes have and nobody put there; they are ignored as hidden ones are.</summary>
public static class SystemFolders
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "__MACOSX", "@eaDir", "#recycle", "lost+found", "System Volume Information", "$RECYCLE.BIN", "RECYCLER",
    };

    public static bool Contains(string name) => Names.Contains(name);
}
