using InceptionMl.Batch.Internal;

namespace InceptionMl.Batch;

/// <summary>
/// A pattern whose last name ends as tables and archives do, such as <c>exports/*.zip</c>, stands for those that match, as it would had
/// the shell expanded it.
/// </summary>
internal static class TablePattern
{
    /// <summary>Gets the files that match, in ordinal order; the argument itself where it is no such pattern.</summary>
    public static IEnumerable<string> Expand(string argument, InputTally tally, CancellationToken cancellationToken)
    {
        if (!IsTable(argument))
        {
            return [argument];
        }

        FolderWalk walk = new(tally, followLinks: true, cancellationToken, wanted: InputKinds.IsNamedAsTableOrArchive);
        return new PathPattern(argument, walk).Files().Select(file => file.Shown);
    }

    private static bool IsTable(string argument) =>
        InputKinds.IsNamedAsTableOrArchive(argument) && PathPattern.IsPattern(argument) && !File.Exists(argument) && !Directory.Exists(argument);
}
