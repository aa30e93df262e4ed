using InceptionMl.Backbones;
using InceptionMl.Models;
using InceptionMl.Models.Internal;
using InceptionMl.Models.Registry;
using InceptionMl.Models.Registry.Internal;
using InceptionMl.Scoring;
using InceptionMl.Training.Versions;

namespace InceptionMl.Training.Retraining;

/// <summary>The promoted version of a registry, loaded.</summary>
/// <param name="Version">The version.</param>
/// <param name="Model">What its zip holds.</param>
internal sealed record Champion(ModelVersion Version, ModelPackage Model)
{
    private const int MostEarlier = 50;

    /// <summary>
    /// Loads the promoted version; null where none was ever promoted. Where only <c>current</c> was lost, it is the one that the record of
    /// promotions names last, of those that are whole.
    /// </summary>
    /// <exception cref="RegistryException">It cannot be read.</exception>
    public static Champion? Load(RegistryWriter registry)
    {
        if ((registry.Registry.Current ?? registry.LastRecorded) is not { } current)
        {
            return null;
        }

        try
        {
            return new Champion(current, ModelPackage.Read(current.ModelPath));
        }
        catch (Exception exception) when (exception is ModelFormatException or IOException or UnauthorizedAccessException)
        {
            string problem = exception is ModelFormatException ? exception.Message : $"{current.ModelPath} cannot be read: {exception.Message.TrimEnd('.')}.";
            throw new RegistryException($"{problem} {registry.Registry.Instead(current.Version)}", exception) { Path = current.ModelPath };
        }
    }

    /// <summary>
    /// Loads the other versions that were ever promoted and not rolled back from, the newest first, of those that are whole and see with a
    /// backbone: their heads cost next to nothing to measure.
    /// </summary>
    /// <param name="registry">The registry.</param>
    /// <param name="backbone">The backbone.</param>
    public IEnumerable<Champion> LoadEarlier(ModelRegistry registry, Backbone backbone)
    {
        HashSet<string> promoted = [];
        foreach (Promotion promotion in registry.Promotions)
        {
            promoted.Add(promotion.Version);
            promoted.Remove(promotion is { IsRollback: true, From: { } left } ? left : string.Empty);
        }

        promoted.Remove(Version.Version);
        foreach (string name in promoted.OrderDescending(StringComparer.Ordinal).Take(MostEarlier))
        {
            Champion? earlier = null;
            try
            {
                // The card tells that without the network, which is most of a zip.
                earlier = registry.Find(name) is { IsComplete: true, Card: { } card } version && Sees(card, backbone)
                    ? new Champion(version, ModelPackage.Read(version.ModelPath))
                    : null;
            }
            catch (Exception exception) when (exception is ModelFormatException or RegistryException or IOException or UnauthorizedAccessException)
            {
                // A version that cannot be read is no measure.
            }

            if (earlier is not null)
            {
                yield return earlier;
            }
        }
    }

    /// <summary>Opens its network as a scorer would, for test images that must go through it: better refused now than after all the work.</summary>
    /// <exception cref="RegistryException">It cannot be used.</exception>
    public void RequireUsable(ModelRegistry registry)
    {
        try
        {
            using ImageScorer scorer = ImageScorer.Open(Version.ModelPath);
        }
        catch (ModelFormatException exception)
        {
            throw new RegistryException($"{exception.Message} {registry.Instead(Version.Version)}", exception) { Path = Version.ModelPath };
        }
    }

    /// <summary>Whether its features are those of a backbone.</summary>
    public bool Sees(Backbone backbone) => Sees(Model.Card, backbone);


    /// <summary>
    /// Its head to start a fit from, under the names the classes have now, with its penalty where nearly the same images are trained on in
    /// the same way; null where its features are others.
    /// </summary>
    public WarmStart? WarmStart(Backbone backbone, TrainingSettings settings, DatasetDiff since) => !Sees(backbone) ? null : new WarmStart(
        Model.Head, [.. Model.Card.Classes.Select(since.Classes.NameNow)])
    {
        L2 = since.IsNearlySame && Model.Card.Head.Trainer == HeadSearch.Lbfgs && WasMadeBy(settings) ? Model.Card.Head.L2 : null,
    };

    private static bool Sees(ModelCard card, Backbone backbone) =>
        card.Network.Sha256.Equals(backbone.Digest, StringComparison.OrdinalIgnoreCase)
        && card.Preprocessing.Mode == backbone.Preprocessing.Mode
        && card.Preprocessing.Width == backbone.Preprocessing.Width
        && card.Preprocessing.Height == backbone.Preprocessing.Height;

    private bool WasMadeBy(TrainingSettings settings)
    {
        try
        {
            TrainingSettings earlier = PipelineFile.Read(Path.Combine(Version.Folder, RegistryFolder.PipelineFile));
            return earlier.Heads == settings.Heads
                && earlier.Split == settings.Split
                && earlier.Augmentation == settings.Augmentation
                && earlier.ClassWeights == settings.ClassWeights;
        }
        catch (PipelineException)
        {
            return false;
        }
    }
}
