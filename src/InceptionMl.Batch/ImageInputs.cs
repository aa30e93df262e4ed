using InceptionMl.Batch.Internal;

namespace InceptionMl.Batch;

/// <summary>
/// The images that a list of arguments names: files, folders with all below them, and patterns with *, ? and ** where the shell
/// has not expanded them. Brackets are literal, and an argument that exists is taken as it is.
/// </summary>
public static class ImageInputs
{
    /// <summary>
    /// Enumerates inputs lazily, argument by argument, a folder's images in ordinal order. A file named explicitly is an input
    /// whatever it is; in folders and patterns, files that are no images are ignored. An argument that names nothing, and a folder
    /// that cannot be read, is an input with an error.
    /// </summary>
    /// <param name="arguments">Files, folders and patterns; themselves enumerated lazily.</param>
    /// <param name="tally">The counter of what is ignored; null to forget it.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops the enumeration.</param>
    public static IEnumerable<ImageInput> Enumerate(IEnumerable<string> arguments, InputTally? tally = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return arguments.SelectMany(argument => Expand(argument, tally ?? new InputTally(), opens: null, cancellationToken));
    }

    /// <summary>Expands one argument.</summary>
    /// <param name="argument">A file, a folder or a pattern.</param>
    /// <param name="tally">The counter of what is ignored.</param>
    /// <param name="opens">What would be read had it been named; null for nothing but images.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops the enumeration.</param>
    internal static IEnumerable<ImageInput> Expand(string argument, InputTally tally, Func<string, bool>? opens, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // Each argument has a walk of its own: naming a folder twice means scoring it twice.
        FolderWalk walk = new(tally, followLinks: true, cancellationToken, opens);
        string place = SpelledPath.FindOther(argument) ?? argument;
        if (Directory.Exists(place))
        {
            return walk.Images(place, InputPath.Shown(argument)).Select(Input);
        }

        if (!File.Exists(place) && PathPattern.IsPattern(argument))
        {
            return Matches(argument, walk);
        }

        return [FromArgument(argument, place)];
    }

    private static IEnumerable<ImageInput> Matches(string pattern, FolderWalk walk)
    {
        bool any = false;
        foreach (FoundFile file in new PathPattern(pattern, walk).Files())
        {
            any = true;
            yield return Input(file);
        }

        if (!any)
        {
            yield return new ImageInput(pattern, "", "no image matches the pattern");
        }
    }

    private static ImageInput FromArgument(string argument, string place) =>
        File.Exists(place) ? new ImageInput(argument, Path.GetFullPath(place))
        : new ImageInput(argument, "", argument.Length == 0 ? "the path is empty" : ListedPath.Refusal(argument) ?? "there is no such file or folder");

    private static ImageInput Input(FoundFile file) => new(file.Shown, Path.GetFullPath(file.FullPath), file.Error);
}

/// <summary>One input to score.</summary>
/// <param name="Path">The path to report: the argument as given, or folder argument + '/' + the path below it.</param>
/// <param name="FullPath">The absolute path to read from; empty where the argument cannot be a path.</param>
/// <param name="Error">Why it cannot be read, where that is known already; else null.</param>
public sealed record ImageInput(string Path, string FullPath, string? Error = null);
