using System.Globalization;
using InceptionMl.Internal;

namespace InceptionMl.Training.Datasets;

/// <summary>How many images each class of a dataset has, and the one refusal that names every class that has too few.</summary>
/// <param name="subject">The dataset, as it was given.</param>
/// <param name="classes">Its classes.</param>
internal sealed class ClassSizes(Subject subject, IReadOnlyList<string> classes)
{
    private const int Fewest = 2;
    private const int MostClasses = 30;
    private const int MostProblems = 3;

    private readonly Dictionary<string, int> images = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> toTrain = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> unreadable = new(StringComparer.Ordinal);
    private readonly List<string> problems = [];

    /// <summary>Adds an image.</summary>
    /// <param name="sample">The image; one without a part may still go to train.</param>
    public void Add(ImageSample sample) => Add(sample.Label, 1, sample.Given is null or SplitPart.Train ? 1 : 0);

    /// <summary>Adds images of a label.</summary>
    /// <param name="label">The label.</param>
    /// <param name="count">How many.</param>
    /// <param name="forTraining">How many of them may go to train.</param>
    public void Add(string label, int count, int forTraining)
    {
        images[label] = images.GetValueOrDefault(label) + count;
        toTrain[label] = toTrain.GetValueOrDefault(label) + forTraining;
    }

    /// <summary>Adds an image that cannot be read, after those that can: it does not count, and is told where its class has too few.</summary>
    public void Add(ImageSample sample, ImageProblem problem)
    {
        unreadable[sample.Label] = unreadable.GetValueOrDefault(sample.Label) + 1;
        if (IsTooSmall(sample.Label))
        {
            problems.Add($"'{problem.Path}' {problem.Problem.TrimEnd('.')}");
        }
    }

    /// <summary>Refuses the dataset where a class has too few images, or none to train on.</summary>
    /// <param name="kind">What the images are that were added, with the blank behind it.</param>
    /// <exception cref="DatasetException">The message names the classes, how many images each has, and the first that cannot be read.</exception>
    public void RefuseFew(string kind)
    {
        List<string> few = [.. classes.Where(IsTooSmall)];
        if (few.Count == 0)
        {
            return;
        }

        if (images.Count == 0 && problems.Count > 0)
        {
            throw new DatasetException(FormattableString.Invariant($"None of the {problems.Count} images of '{subject.Name}' can be read{Problems(": ")}.")) { Reason = DatasetErrorReason.Unreadable, Path = subject.Path };
        }

        string these = few.Count == 1 ? "a class" : FormattableString.Invariant($"{few.Count} classes");
        string them = few.Count == 1 ? "the class" : "the classes";
        string train = few.Exists(HasNoneToTrain) ? " to the training part" : "";
        throw new DatasetException(FormattableString.Invariant(
            $"'{subject.Name}' has too few {kind}images of {these}: {NameList.Join([.. few.Select(Describe)], MostClasses)}. A class takes at least {Fewest}: add images{train}, or remove {them}.{Problems(" What cannot be read: ", ".")}"))
        { Reason = DatasetErrorReason.TooFewImages, Path = subject.Path };
    }

    private bool IsTooSmall(string label) => images.GetValueOrDefault(label) < Fewest || HasNoneToTrain(label);

    private bool HasNoneToTrain(string label) => images.GetValueOrDefault(label) > 0 && toTrain.GetValueOrDefault(label) == 0;

    private string Describe(string label)
    {
        int has = images.GetValueOrDefault(label);
        string of = unreadable.TryGetValue(label, out int lost) ? FormattableString.Invariant($" of {has + lost}") : "";
        string none = HasNoneToTrain(label) ? ", none of them to train on" : "";
        return string.Create(CultureInfo.InvariantCulture, $"'{label}' ({has}{of}{none})");
    }

    private string Problems(string before, string after = "") => problems.Count == 0 ? "" : before
        + string.Join("; ", problems.Take(MostProblems))
        + (problems.Count > MostProblems ? FormattableString.Invariant($"; and {problems.Count - MostProblems} more") : "")
        + after;
}
