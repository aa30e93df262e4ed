using InceptionMl.Internal;
using InceptionMl.Models.Registry;

namespace InceptionMl.Cli;

/// <summary>Keeps what a verb writes off what it reads, whatever links lead to either.</summary>
internal static class Destination
{
    /// <summary>Refuses to write over a file.</summary>
    /// <param name="option">The option that names the file to write.</param>
    /// <param name="output">The file to write.</param>
    /// <param name="read">The file that is read.</param>
    /// <param name="what">What that is.</param>
    /// <exception cref="UsageException">They are one.</exception>
    public static void RefuseToOverwrite(string option, string output, string read, string what)
    {
        if (RealPath.AreSame(output, read))
        {
            throw new UsageException($"{option} {output} is {what}: name another file.");
        }
    }

    /// <summary>Refuses to write a file that standard output goes to.</summary>
    /// <param name="context">Says where standard output goes.</param>
    /// <param name="option">The option that names the file.</param>
    /// <param name="output">What it names.</param>
    /// <param name="also">A further file that is written with it; null for none.</param>
    /// <param name="what">What that is.</param>
    /// <exception cref="UsageException">They are one.</exception>
    public static void SpareOutput(CommandContext context, string option, string output, string? also = null, string? what = null)
    {
        string? standard = context.OutputPath();
        if (standard is not null && RealPath.AreSame(output, standard))
        {
            throw new UsageException($"Standard output is redirected to {output}, which {option} writes: redirect it to another file.");
        }

        if (standard is not null && also is not null && RealPath.AreSame(also, standard))
        {
            throw new UsageException($"Standard output is redirected to {also}, where {what} of {option} {output} is written: redirect it to another file.");
        }
    }

    /// <summary>Refuses to write over a model, or anywhere into the registry that it is given as.</summary>
    /// <exception cref="UsageException">The message says which of the two it is.</exception>
    public static void SpareModel(string option, string output, string zipOrRegistry)
    {
        RefuseToOverwrite(option, output, zipOrRegistry, "the model itself");
        if (ModelRegistry.IsRegistry(zipOrRegistry) && RealPath.IsSameOrBelow(output, zipOrRegistry))
        {
            throw new UsageException($"{option} {output} lies in the registry {zipOrRegistry}: name a file outside it.");
        }
    }
}
