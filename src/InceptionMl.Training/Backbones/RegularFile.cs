namespace InceptionMl.Training.Backbones;

/// <summary>
/// Tells files from pipes and devices before they are opened: opening a pipe waits until somebody writes to it, and a device may
/// never end. Both have no length.
/// </summary>
internal static class RegularFile
{
    /// <exception cref="BackboneException">The file holds nothing, or is a pipe or a device.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static void Require(string path)
    {
        FileInfo file = new(path);
        FileSystemInfo? target = file.ResolveLinkTarget(returnFinalTarget: true);
        if (target is { Exists: false } && !File.Exists(path))
        {
            throw new FileNotFoundException(message: null, path);
        }

        // What a link of the system's own leads to, standard input for one, need not be there under a name.
        long length = target is null ? file.Length : target is FileInfo { Exists: true } real ? real.Length : 0;
        if (length == 0)
        {
            throw new BackboneException($"{path} holds nothing: it is empty, or a pipe or a device; save the weights in a file and name that");
        }
    }
}
