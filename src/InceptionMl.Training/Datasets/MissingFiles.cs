using System.Globalization;
using InceptionMl.Batch.Internal;

namespace InceptionMl.Training.Datasets;

/// <summary>The images of a manifest of which not one is there: where they were looked for, and where they may be instead.</summary>
/// <param name="manifest">The manifest, as it was given.</param>
/// <param name="folder">Its folder, absolute.</param>
internal sealed class MissingFiles(string manifest, string folder)
{
    private const int Shown = 3;

    private readonly List<(string Written, string Full)> first = [];
    private int missing;
    private bool anyThere;

    /// <summary>Looks at an image.</summary>
    /// <param name="written">Its path, as the manifest has it.</param>
    /// <param name="full">Where that leads.</param>
    /// <param name="isThere">Whether something is there.</param>
    public void See(string written, string full, bool isThere)
    {
        anyThere |= isThere;
        if (!isThere && missing++ < Shown)
        {
            first.Add((written, full));
        }
    }

    /// <summary>Tells of them; null if one is there, or none is listed.</summary>
    public string? Describe()
    {
        if (anyThere || missing == 0)
        {
            return null;
        }

        string named = string.Join(", ", first.Select(file => $"'{file.Written}' (looked for at '{file.Full}')"));
        string more = missing > Shown ? $" and {missing - Shown} more" : "";
        return string.Create(CultureInfo.InvariantCulture, $"'{manifest}' lists {missing} image{(missing == 1 ? "" : "s")}, and none of them is there: {named}{more}. {Advice()}");
    }

    private string Advice()
    {
        (string written, _) = first[0];
        string[] names = written.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (int from = 1; from < names.Length; from++)
        {
            string shorter = string.Join('/', names[from..]);
            if (IsFile(folder, shorter))
            {
                return $"'{shorter}' is there below the manifest's folder: write the paths relative to it.";
            }
        }

        for (string? above = Path.GetDirectoryName(folder); above is not null; above = Path.GetDirectoryName(above))
        {
            if (IsFile(above, string.Join('/', names)) && !Path.IsPathRooted(written))
            {
                return $"Paths are relative to the manifest's folder, and '{written}' is there below '{above}': move the manifest there.";
            }
        }

        return "Paths are relative to the manifest's folder: correct them, or move the manifest to where they start.";
    }

    private static bool IsFile(string start, string relative) => ListedPath.Resolve(relative, start) is { IsThere: true, Full: var full } && File.Exists(full);
}
