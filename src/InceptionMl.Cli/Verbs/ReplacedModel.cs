using System.Globalization;
using InceptionMl.Internal;
using InceptionMl.Models;
using InceptionMl.Models.Internal;

namespace InceptionMl.Cli.Verbs;

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
    public ModelComparison Compare(string path)
    {
        if (Find(path) is not { } now || Figures(now.Card) is not { Test: > 0 } after || Figures(Card) is not { Test: > 0 } before)
        {
            return new ModelComparison(null, "nobody can tell, since there are no figures on test images of both.");
        }

        if (now.Card.Data!.Fingerprint != Card.Data!.Fingerprint)
        {
            return new ModelComparison(
                null, "nobody can tell, since that one was made from other images or other parts of them, and may have been trained on what is test now.");
        }

        int order = after.Accuracy.CompareTo(before.Accuracy) is not 0 and int byAccuracy ? byAccuracy : before.LogLoss.CompareTo(after.LogLoss);
        string figures = string.Create(
            CultureInfo.InvariantCulture,
            $"{after.Accuracy:P1} right instead of {before.Accuracy:P1}, log loss {after.LogLoss:F3} instead of {before.LogLoss:F3}, on the same {after.Test} test images that neither was trained on.");
        return new ModelComparison(Math.Sign(order), figures) { Accuracy = before.Accuracy, LogLoss = before.LogLoss };
    }

    private ModelCard Card => card;

    private static (int Test, double Accuracy, double LogLoss)? Figures(ModelCard card) =>
        card.Data?.Images.GetValueOrDefault("test") is int test
        && card.Metrics?.Test is { Accuracy: { } accuracy, LogLoss: { } loss }
            ? (test, accuracy, loss)
            : null;
}
