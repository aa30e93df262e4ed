using InceptionMl.Internal;

namespace InceptionMl.Batch;

/// <summary>What was left out, followed or doubted while inputs were looked for. Filled as the enumeration goes on.</summary>
public sealed class InputTally
{
    private const int MostNotes = 100;

    private readonly List<Diagnostic> notes = [];
    private readonly NameList links = new();
    private readonly NameList hidden = new();
    private readonly NameList unopened = new();
    private readonly string[] outputs = [];
    private int unlisted;

    /// <summary>Gets the files that are being written, as full paths. Found in a folder they are neither inputs nor counted.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<string> Outputs
    {
        get => outputs;
        init => outputs = [.. value.Select(Path.GetFullPath)];
    }

    /// <summary>Gets the number of files that are no images, hidden files and folders, and images that lie where no image belongs.</summary>
    public long Ignored { get; private set; }

    /// <summary>Gets what a person should know of the inputs: about a hundred diagnostics at most, however many files there are.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics
    {
        get
        {
            List<Diagnostic> all = [.. notes];
            if (unlisted > 0)
            {
                all.Add(Diagnostic.Warning(DiagnosticIds.MoreWarnings, $"{unlisted} more warnings of this kind were left out."));
            }

            if (links.Count > 0)
            {
                all.Add(Diagnostic.Warning(DiagnosticIds.LinksFollowed, $"Symbolic links were followed: {links}."));
            }

            if (hidden.Count > 0)
            {
                all.Add(Diagnostic.Warning(DiagnosticIds.HiddenIgnored, $"Hidden images and folders were ignored: {hidden}."));
            }

            if (unopened.Count > 0)
            {
                all.Add(Diagnostic.Warning(DiagnosticIds.ArchivesNotOpened, $"Archives and tables in folders are not opened: {unopened}; name them, or give a pattern such as FOLDER/*.zip."));
            }

            return all;
        }
    }

    /// <summary>Counts files that are ignored.</summary>
    /// <param name="files">How many.</param>
    public void Ignore(int files = 1) => Ignored += files;

    /// <summary>Passes over an archive or a table that would be read had it been named.</summary>
    internal void LeaveUnopened(string shown)
    {
        Ignored++;
        unopened.Add(shown);
    }

    /// <summary>Determines whether a file is one that is being written.</summary>
    internal bool IsOutput(string path) =>
        outputs.Length > 0 && Path.GetFullPath(path) is var full && outputs.Any(output => full == output || TemporaryPath.IsFor(full, output));

    internal void IgnoreHidden(string shown)
    {
        Ignored++;
        hidden.Add(shown);
    }

    internal void Followed(string shown) => links.Add(shown);

    /// <summary>Adds what another enumeration counted and warned about.</summary>
    /// <param name="other">The tally of the other enumeration.</param>
    public void Take(InputTally other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Ignored += other.Ignored;
        foreach (Diagnostic diagnostic in other.Diagnostics)
        {
            Add(diagnostic);
        }
    }

    /// <summary>Adds a warning; after the first hundred, warnings are counted only.</summary>
    /// <param name="id">One of <see cref="DiagnosticIds"/>.</param>
    /// <param name="message">The full sentence for people.</param>
    /// <param name="path">The one file or folder it is about.</param>
    public void Warn(string id, string message, string? path = null) => Add(Diagnostic.Warning(id, message, path));

    private void Add(Diagnostic diagnostic)
    {
        if (notes.Count < MostNotes)
        {
            notes.Add(diagnostic);
        }
        else
        {
            unlisted++;
        }
    }
}
