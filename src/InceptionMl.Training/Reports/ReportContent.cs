using InceptionMl.Models;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Evaluation;
using InceptionMl.Training.Features;

namespace InceptionMl.Training;

/// <summary>What a report is about: a model, and what is known of it.</summary>
internal sealed record ReportContent
{
    private const int MostNames = 12;

    /// <summary>Gets what the model is called.</summary>
    public required string Name { get; init; }

    public required ModelCard Card { get; init; }

    /// <summary>Gets the figures that speak for the model.</summary>
    public required ClassificationMetrics Metrics { get; init; }

    /// <summary>Gets what the model says of the images behind <see cref="Metrics"/>.</summary>
    public required IReadOnlyList<ImagePrediction> Predictions { get; init; }

    public required IReadOnlyList<Diagnostic> Diagnostics { get; init; }

    public required IReadOnlyList<ImageProblem> Unreadable { get; init; }

    /// <summary>Gets the training; null where the report is of an evaluation.</summary>
    public TrainResult? Training { get; init; }

    public FeatureSample? Sample { get; init; }

    public IReadOnlyList<string> Suggestions { get; init; } = [];

    /// <summary>Gets the mistakes, those first that the model is most sure of.</summary>
    public IReadOnlyList<ImagePrediction> Mistakes => ImagePrediction.WorstFirst(Predictions);

    /// <summary>Gets what <see cref="Metrics"/> was measured on.</summary>
    public string Measured => Training is null ? "images" : "test images";

    /// <summary>Gets what the model does, in a sentence.</summary>
    public string Lead => FormattableString.Invariant(
        $"A model that tells {Card.Classes.Count} kinds of images apart: {Join(Card.Classes)}. Made on {Card.Created.UtcDateTime:yyyy-MM-dd} with the network {Card.Backbone.Name}.");

    public static ReportContent Create(string name, ModelCard card, TrainResult result) => new()
    {
        Name = name,
        Card = card,
        Metrics = result.Test,
        Predictions = result.TestPredictions,
        Diagnostics = result.Diagnostics,
        Unreadable = result.Problems,
        Training = result,
        Sample = result.Sample,
    };

    public static ReportContent Create(string name, ModelCard card, EvaluationResult result) => new()
    {
        Name = name,
        Card = card,
        Metrics = result.Metrics,
        Predictions = result.Predictions,
        Diagnostics = result.Diagnostics,
        Unreadable = result.Unreadable,
        Sample = result.Sample,
    };

    /// <summary>The file and its folder: a report is passed on to people who do not have the rest of the path.</summary>
    public static string ShortName(string path)
    {
        string[] names = path.Split('/', '\\');
        return string.Join('/', names[^Math.Min(2, names.Length)..]);
    }

    /// <summary>Names as a sentence has them; of very many the first.</summary>
    public static string Join(IReadOnlyList<string> names) => names.Count switch
    {
        > MostNames => FormattableString.Invariant($"{string.Join(", ", names.Take(MostNames))} and {names.Count - MostNames} more"),
        > 1 => $"{string.Join(", ", names.Take(names.Count - 1))} and {names[^1]}",
        _ => string.Concat(names),
    };

    /// <summary>A share in percent; a dash where no image supports it.</summary>
    public static string Percent(double? share) => share is { } value ? FormattableString.Invariant($"{100 * value:F1}\u00a0%") : "-";

    /// <summary>A share in words, before what it is a share of: About 5 of 6.</summary>
    public static string InWords(double share) => share switch
    {
        1 => "All",
        > 0.97 => "Nearly all",
        0 => "None of the",
        < 0.05 => "Hardly any",
        _ => Fraction(share),
    };

    private static string Fraction(double share)
    {
        (int of, int among) = Enumerable.Range(2, 9).Append(20)
            .Select(among => (Of: (int)Math.Round(share * among), Among: among))
            .Where(fraction => fraction.Of > 0 && fraction.Of < fraction.Among)
            .MinBy(fraction => Math.Abs(((double)fraction.Of / fraction.Among) - share) + (0.002 * fraction.Among));
        return FormattableString.Invariant($"About {of} of {among}");
    }
}
