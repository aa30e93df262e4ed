using System.Text.RegularExpressions;
using InceptionMl.Internal;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Training.Checks;

/// <summary>The names and sizes of a dataset's classes. Nothing is read for it.</summary>
internal static partial class ClassChecks
{
    private const string FewImages = "few-images";

    // Below that a class has no test image to speak of.
    private const int Few = 10;

    // Four of five images of two classes.
    private const int TimesTheNext = 4;

    /// <summary>Gets what training does not tell by itself.</summary>
    public static IEnumerable<Diagnostic> FindUntold(ImageDataset dataset)
    {
        FindingList findings = new(dataset.Samples.Count);
        AddUntold(findings, dataset);
        return findings.BySeverity.Select(finding => new Diagnostic(finding.Check, finding.Severity, finding.Message));
    }

    /// <summary>Adds what is to be said of names and sizes.</summary>
    public static void Add(FindingList findings, ImageDataset dataset)
    {
        AddUntold(findings, dataset);
        if (dataset.Classes is [{ Length: > 0 } only])
        {
            findings.Add("one-class", DiagnosticSeverity.Error, $"There is one class only, '{only}': a classifier needs at least two.", label: only);
        }

        foreach ((string label, int count) in dataset.Samples.CountBy(sample => sample.Label).Where(entry => entry.Value is > 1 and < Few).OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            findings.Add(FewImages, DiagnosticSeverity.Warning, FormattableString.Invariant($"The class '{label}' has {count} images, too few to learn it or to tell how well it was learned: add images until there are {Few} or more."), label: label, count: count);
        }

        foreach (SplitPart part in (SplitPart[])[SplitPart.Validation, SplitPart.Test])
        {
            AddMissing(findings, dataset, part);
        }
    }

    /// <summary>Adds the classes that have too few images left once those that cannot be read are left out.</summary>
    public static void AddUnusable(FindingList findings, ImageDataset dataset, IReadOnlyList<InspectedImage> images)
    {
        if (dataset.Classes.Count < 2)
        {
            return;
        }

        try
        {
            dataset.Validate(
                [.. images.Where(image => image.Refusal is null).Select(image => image.Sample)],
                [.. images.Where(image => image.Refusal is not null).Select(image => new ImageProblem(image.Sample.Path, image.Refusal!.Description))]);
        }
        catch (DatasetException refusal)
        {
            findings.Add(FewImages, DiagnosticSeverity.Error, refusal.Message);
        }
    }

    private static void AddUntold(FindingList findings, ImageDataset dataset)
    {
        AddSpelling(findings, dataset);
        AddDominant(findings, dataset);
    }

    private static void AddMissing(FindingList findings, ImageDataset dataset, SplitPart part)
    {
        HashSet<string> there = [.. dataset.Samples.Where(sample => sample.Given == part).Select(sample => sample.Label)];
        string[] missing = [.. dataset.Classes.Where(label => !there.Contains(label))];
        if (there.Count > 0 && missing.Length > 0)
        {
            string name = part == SplitPart.Test ? "test" : "validation";
            findings.Add(
                DiagnosticIds.ClassMissingInPart,
                DiagnosticSeverity.Warning,
                $"The {name} part has no image of {DatasetChecks.Classes(missing)}: add some, for nothing is measured without them.",
                label: missing is [var only] ? only : null,
                count: missing.Length);
        }
    }

    private static void AddDominant(FindingList findings, ImageDataset dataset)
    {
        KeyValuePair<string, int>[] sizes = [.. dataset.Samples.CountBy(sample => sample.Label).OrderByDescending(entry => entry.Value)];
        if (sizes.Length > 1 && sizes[0].Value >= TimesTheNext * sizes[1].Value && 2 * sizes[0].Value > dataset.Samples.Count)
        {
            findings.Add(DiagnosticIds.DominantClass, DiagnosticSeverity.Warning, FormattableString.Invariant(
                $"The class '{sizes[0].Key}' has {sizes[0].Value} of {dataset.Samples.Count} images, and the next, '{sizes[1].Key}', {sizes[1].Value}: a model may be right by always saying '{sizes[0].Key}'. Add images of the others, or let classes count alike."),
                label: sizes[0].Key,
                count: sizes[0].Value);
        }
    }

    private static void AddSpelling(FindingList findings, ImageDataset dataset)
    {
        foreach (string[] same in dataset.Classes.GroupBy(Key, StringComparer.OrdinalIgnoreCase).Select(group => group.ToArray()).Where(group => group.Length > 1))
        {
            bool isCaseAlone = same.Distinct(StringComparer.OrdinalIgnoreCase).Count() == 1;
            findings.Add(
                DiagnosticIds.LabelSpelling,
                isCaseAlone ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
                $"The labels {NameList.Join(same)} differ only in {(isCaseAlone ? "case" : "blanks and case")}: give them one spelling if they are one class, else distinct names.",
                count: same.Length);
        }

        foreach ((string label, string[] folders) in dataset.Samples
            .GroupBy(sample => sample.Label, StringComparer.Ordinal)
            .Select(ofLabel => (ofLabel.Key, FoldersOf(ofLabel)))
            .Where(found => found.Item2.Length > 1))
        {
            findings.Add(
                DiagnosticIds.LabelSpelling,
                DiagnosticSeverity.Warning,
                FormattableString.Invariant($"{folders.Length} folders are called '{label}' in names that look alike and are encoded differently (composed and decomposed letters); they are read as one label: move their images into one folder."),
                label: label,
                count: folders.Length);
        }
    }

    // How the folders of a label are spelled on disk.
    private static string[] FoldersOf(IEnumerable<ImageSample> ofLabel) =>
    [
        .. ofLabel.Where(sample => !sample.Label.All(char.IsAscii))
            .Select(sample => Array.Find(sample.Path.Split('/'), name => CanonicalText.Compose(name) == sample.Label))
            .OfType<string>()
            .Distinct(StringComparer.Ordinal),
    ];

    private static string Key(string label) => Blanks().Replace(label.Trim(), " ");

    [GeneratedRegex(@"(?<=[^\s_-])[\s_-]+(?=[^\s_-])")]
    private static partial Regex Blanks();
}
