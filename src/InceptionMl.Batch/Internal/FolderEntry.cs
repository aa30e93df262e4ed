namespace InceptionMl.Batch.Internal;

/// <summary>A file or a folder as its parent lists it.</summary>
public readonly record struct FolderEntry(string Name, bool IsFolder, bool IsLink, bool IsHidden)
{
    /// <summary>
    /// Entries of one folder in the order of their whole paths: a folder sorts as if its name ended with the separator, so that a
    /// walk, folder by folder, yields the same order as sorting all paths ordinally.
    /// </summary>
    public static int Compare(FolderEntry left, FolderEntry right)
    {
        int shared = Math.Min(left.Name.Length, right.Name.Length);
        int order = string.CompareOrdinal(left.Name, 0, right.Name, 0, shared);
        return order != 0 ? order : left.At(shared).CompareTo(right.At(shared));
    }

    private int At(int index) => index < Name.Length ? Name[index] : IsFolder ? '/' : -1;
}
