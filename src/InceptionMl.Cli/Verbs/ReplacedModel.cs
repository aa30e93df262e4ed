using System.Globalization;
using InceptionMl.Internal;
using InceptionMl.Models;
using InceptionMl.Models.Internal;

namespace InceptionMl.Cli;

/// <summary>The model that a training is about to replace, and whether the new one is better.</summary>
/// <param name="card">What the model in place says of itself.</param>
internal sealed class ReplacedModel(ModelCard card)
{
    /// <summary>Looks at the model in place; null if there is none that can be read.</summary>
    public static ReplacedModel? Find(string path)
    {
        try
        {
            using FileStream zip = File.OpenRead(path);
            return new ReplacedModel(ModelPackage.ReadCard(zip, Subject.FromFile(path)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ModelFormatException or ArgumentException or InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>
    /// Compares it with the model that took its place. They are comparable where both were made from the same images in the same parts: then
    /// neither was fitted on the test images, and both were measured on them.
    /// </summary>
    /// <param name="path">The new model.</param>
    public ReplacementComparison Compare(string path)
    {
        if (Find(path) is not { } now || Figures(now.Card) is not { Test: > 0 } after || Figures(Card) is not { Test: > 0 } before)
        {
            return new ReplacementComparison(null, "nobody can tell, since there are no figures on test images of both.");
        }

        if (now.Card.Data!.Fingerprint != Card.Data!.Fingerprint)
        {
            return new ReplacementComparison(
                null, "nobody can tell, since that one was made from other images or other parts of them, and may have been trained on what is test now.");
        }

        int order = after.Accuracy.CompareTo(before.Accuracy) is not 0 and int byAccuracy ? byAccuracy : before.LogLoss.CompareTo(after.LogLoss);
        string figures = string.Create(
            CultureInfo.InvariantCulture,
            $"{after.Accuracy:P1} right instead of {before.Accuracy:P1}, log loss {after.LogLoss:F3} instead of {before.LogLoss:F3}, on the same {after.Test} test images that neither was trained on.");
        return new ReplacementComparison(Math.Sign(order), figures) { Accuracy = before.Accuracy, LogLoss = before.LogLoss };
    }

    private ModelCard Card => card;

    private static (int Test, double Accuracy, double LogLoss)? Figures(ModelCard card) =>
        card.Data?.Images.GetValueOrDefault("test") is int test
        && card.Metrics?.Test is { Accuracy: { } accuracy, LogLoss: { } loss }
            ? (test, accuracy, loss)
            : null;
}

/// <summary>How a new model compares with the one that it replaces.</summary>
/// <param name="Order">1 if it is better, -1 if it is worse, 0 if it is the same; null if nobody can tell.</param>
/// <param name="Reason">The figures, or why nobody can tell.</param>
internal sealed record ReplacementComparison(int? Order, string Reason)
{
    /// <summary>Gets the share of test images that the replaced model has right; null if nobody can tell.</summary>
    public double? Accuracy { get; init; }

    /// <summary>Gets the replaced model's log loss on the test images; null if nobody can tell.</summary>
    public double? LogLoss { get; init; }

    /// <summary>Gets what the order means.</summary>
    public Tone Tone => Order switch
    {
        > 0 => Tone.Good,
        < 0 => Tone.Caution,
        _ => Tone.Plain,
    };

    /// <summary>Gets the order in a word, for programs.</summary>
    public string Word => Order switch
    {
        > 0 => "better",
        < 0 => "worse",
        0 => "same",
        _ => "unknown",
    };

    /// <summary>Gets the comparison, for people.</summary>
    public string Sentence => "Against the model that it replaces: " + (Order switch
    {
        null => Reason,
        0 => "the same, " + Reason,
        _ => $"{Word}, {Reason}",
    });
}
