using InceptionMl.Internal;

namespace InceptionMl.Backbones;

/// <summary>Refuses pipes, devices and empty files before they are opened as weights.</summary>
internal static class RegularFile
{
    /// <exception cref="BackboneException">The file holds nothing, or is a pipe or a device.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static void Require(string path)
    {
        if (!FileKind.IsRegular(path) || new FileInfo(RealPath.Resolve(path)).Length == 0)
        {
            throw new BackboneException($"{path} holds nothing: it is empty, or a pipe or a device; save the weights in a file and name that") { Path = path };
        }
    }
}
