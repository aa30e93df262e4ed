using System.IO.Enumeration;
using InceptionMl.Internal;

namespace InceptionMl.Batch.Internal;

/// <summary>
/// A path with *, ? (within one name) and ** (any number of folders), matched while the tree is walked, so that no more than the
/// listings from the start down to one folder are held. A folder that matches stands for all images below it, as it would had
/// the shell expanded the pattern.
/// </summary>
public sealed class PathPattern
{
    private const string AnyFolders = "**";

    private readonly string start;
    private readonly string[] names;
    private readonly FolderWalk walk;

    public PathPattern(string pattern, FolderWalk walk)
    {
        this.walk = walk;
        string slashed = Path.DirectorySeparatorChar == '/' ? pattern : pattern.Replace(Path.DirectorySeparatorChar, '/');
        int wild = slashed.AsSpan().IndexOfAny('*', '?');
        int split = slashed[..wild].LastIndexOf('/') + 1;
        start = slashed[..split];
        names = slashed[split..].Split('/', StringSplitOptions.RemoveEmptyEntries);
    }

    public static bool IsPattern(string argument) => argument.AsSpan().ContainsAny('*', '?');

    /// <summary>Gets the files that match and are what the walk looks for.</summary>
    public IEnumerable<FoundFile> Files()
    {
        string folder = start.Length == 0 ? "." : start;
        return Directory.Exists(folder) ? Below(folder, InputPath.Shown(start), RealPath.Resolve(folder), Closure([0])) : [];
    }

    private IEnumerable<FoundFile> Below(string folder, string shown, string real, SortedSet<int> states)
    {
        if (Entries(folder, shown, out FoundFile failure) is not { } entries)
        {
            yield return failure;
            yield break;
        }

        foreach (FolderEntry entry in entries)
        {
            SortedSet<int> next = Step(states, entry.Name);
            if (next.Count == 0)
            {
                continue;
            }

            string path = Path.Join(folder, entry.Name);
            string name = FolderWalk.Below(shown, entry.Name);
            foreach (FoundFile found in entry.IsFolder ? Folder(entry, path, name, real, next) : File(entry, path, name, next))
            {
                yield return found;
            }
        }
    }

    private IEnumerable<FoundFile> File(FolderEntry entry, string path, string shown, SortedSet<int> states) =>
        states.Contains(names.Length) && walk.Look(entry, path, shown) is { } file ? [file] : [];

    private IEnumerable<FoundFile> Folder(FolderEntry entry, string path, string shown, string parent, SortedSet<int> states) =>
        walk.Enter(entry, parent, shown) is not { } real ? []
        : states.Contains(names.Length) ? walk.Images(path, shown)
        : Below(path, shown, real, states);

    private List<FolderEntry>? Entries(string folder, string shown, out FoundFile failure)
    {
        failure = default;
        try
        {
            return walk.List(folder, shown);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            failure = new FoundFile(shown, folder, $"the folder cannot be read ({e.Message.TrimEnd('.')})", IsFolder: true);
            return null;
        }
    }

    // A state is how many parts of the pattern are behind; "**" stays where it is for every folder, and may be passed for none.
    private SortedSet<int> Step(SortedSet<int> states, string name)
    {
        SortedSet<int> next = [];
        foreach (int state in states.Where(state => state < names.Length))
        {
            if (names[state] == AnyFolders)
            {
                next.Add(state);
                if (state == names.Length - 1)
                {
                    next.Add(names.Length);
                }
            }
            else if (IsMatch(names[state], name))
            {
                next.Add(state + 1);
            }
        }

        return Closure(next);
    }

    private SortedSet<int> Closure(SortedSet<int> states)
    {
        for (int state = 0; state < names.Length - 1; state++)
        {
            if (states.Contains(state) && names[state] == AnyFolders)
            {
                states.Add(state + 1);
            }
        }

        return states;
    }

    // The expression's own escape character is an ordinary one in names.
    private static bool IsMatch(string pattern, string name) =>
        FileSystemName.MatchesSimpleExpression(pattern.Replace("\\", "\\\\"), name, InputPath.IgnoresCase);
}
