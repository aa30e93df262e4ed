using InceptionMl.Models;
using InceptionMl.Models.Registry;

namespace InceptionMl.Cli.Verbs;

/// <summary>Keeps what a verb writes off what it reads, whatever links lead to either.</summary>
internal static class Destination
{
    /// <summary>Refuses to write over a file.</summary>
    /// <param name="option">The option that names the file to write.</param>
    /// <param name="output">The file to write.</param>
    /// <param name="read">The file that is read.</param>
    /// <param name="what">What that is.</param>
    /// <exception cref="UsageException">They are one.</exception>
    public static void Spare(string option, string output, string read, string what)
    {
        if (RealPath.AreSame(output, read))
        {
            throw new UsageException($"{option} {output} is {what}: name another file.");
        }
    }

    /// <summary>Refuses to write over a model, or anywhere into the registry that it is given as.</summary>
    /// <exception cref="UsageException">The message says which of the two it is.</exception>
    public static void SpareModel(string option, string output, string zipOrRegistry)
    {
        Spare(option, output, zipOrRegistry, "the model itself");
        if (ModelRegistry.IsRegistry(zipOrRegistry) && RealPath.IsSameOrBelow(output, zipOrRegistry))
        {
            throw new UsageException($"{option} {output} lies in the registry {zipOrRegistry}: name a file outside it.");
        }
    }
}
