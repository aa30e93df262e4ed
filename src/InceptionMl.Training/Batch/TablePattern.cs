using InceptionMl.Training.Datasets;

namespace InceptionMl.Training.Batch;

/// <summary>
/// A pattern whose last name ends as tables and archives do, such as <c>exports/*.zip</c>, stands for those that match, as it would had
/// the shell expanded it.
/// </summary>
internal static class TablePattern
{
    public static bool Is(string argument) =>
        InputKinds.IsNamedAsTableOrArchive(argument) && PathPattern.IsPattern(argument) && !File.Exists(argument) && !Directory.Exists(argument);

    /// <summary>The files that match, in ordinal order.</summary>
    public static IEnumerable<string> Expand(string pattern, InputTally tally, CancellationToken cancellation)
    {
        FolderWalk walk = new(tally, followLinks: true, cancellation, wanted: InputKinds.IsNamedAsTableOrArchive);
        return new PathPattern(pattern, walk).Files().Select(file => file.Shown);
    }
}
