using System.Globalization;
using InceptionMl.Internal;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Training.Checks;

/// <summary>Something that a <see cref="DatasetCheck"/> found in a dataset.</summary>
/// <param name="Check">What was looked for, for programs: a word such as <c>unreadable</c> or <c>copies</c>. The words do not change between versions.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Label">The one label it is about; null if there is none, or more than one.</param>
/// <param name="Paths">The files and folders it is about; only a few examples where more than a tenth of the images are like that.</param>
/// <param name="Count">How many images, files or labels it is about.</param>
/// <param name="Message">A sentence for people: what is wrong, and what to do.</param>
public sealed record DatasetFinding(string Check, DiagnosticSeverity Severity, string? Label, IReadOnlyList<string> Paths, int Count, string Message)
{
    /// <summary>Gets the finding as a diagnostic, whose sentence names the files unless it is about very many.</summary>
    internal Diagnostic ToDiagnostic()
    {
        string[] unnamed = [.. Paths.Where(path => !Message.Contains($"'{path}'", StringComparison.Ordinal))];
        string named = unnamed.Length == 0 || unnamed.Length < Count ? string.Empty : $" {(unnamed.Length == 1 ? "It is" : "They are")} {NameList.Join(unnamed)}.";
        return new Diagnostic(Check, Severity, Message + named, Paths is [var only] ? only : null);
    }
}

/// <summary>The findings in a dataset, in the order in which they were made.</summary>
/// <param name="images">How many images the dataset has.</param>
internal sealed class FindingList(int images)
{
    // cleanvision's limit: what more images have is a trait of the dataset.
    private const double MostListed = 0.1;
    private const int Examples = 3;

    private readonly List<DatasetFinding> findings = [];

    /// <summary>Gets a value that indicates whether the images stand for more, so that single ones are not worth a word.</summary>
    public bool IsSample { get; init; }

    /// <summary>Gets the findings, the gravest first.</summary>
    public IReadOnlyList<DatasetFinding> BySeverity => [.. findings.OrderByDescending(finding => finding.Severity)];

    public void Add(DatasetFinding finding) => findings.Add(finding);

    /// <summary>Adds a finding about no image.</summary>
    public void Add(string check, DiagnosticSeverity severity, string message, string? path = null, string? label = null, int count = 1) =>
        findings.Add(new DatasetFinding(check, severity, label, path is null ? [] : [path], count, message));

    /// <summary>Adds a finding about images, all of which are named.</summary>
    public void AddListed(string check, DiagnosticSeverity severity, IReadOnlyList<ImageSample> found, string message) =>
        findings.Add(new DatasetFinding(check, severity, LabelOf(found), [.. found.Select(sample => sample.Path)], found.Count, message));

    /// <summary>Adds a finding about images, unless there are none; of many of them only a few are named.</summary>
    public void AddImages(string check, DiagnosticSeverity severity, IReadOnlyList<ImageSample> found, string message)
    {
        if (found.Count > 0 && (!IsSample || IsTrait(found.Count)))
        {
            AddListed(check, severity, found, message);
            findings[^1] = findings[^1] with { Paths = [.. findings[^1].Paths.Take(IsTrait(found.Count) ? Examples : found.Count)] };
        }
    }

    /// <summary>Determines whether so many images have something that it is told once.</summary>
    public bool IsTrait(int count) => count > MostListed * images;

    /// <summary>So many images, and what share of all where that is large: the subject of a sentence.</summary>
    public string Images(int count) => IsTrait(count) && count < images
        ? string.Create(CultureInfo.InvariantCulture, $"{count:N0} of {images:N0} images{LookedAt} ({(double)count / images:P0})")
        : count == images && images > 1 ? string.Create(CultureInfo.InvariantCulture, $"All {count:N0} images{LookedAt}")
        : string.Create(CultureInfo.InvariantCulture, $"{count:N0} image{(count == 1 ? "" : "s")}");

    private string LookedAt => IsSample ? " looked at" : string.Empty;

    private static string? LabelOf(IEnumerable<ImageSample> found) => found.Select(sample => sample.Label).Distinct(StringComparer.Ordinal).Take(2).ToArray() is [var only] ? only : null;
}
