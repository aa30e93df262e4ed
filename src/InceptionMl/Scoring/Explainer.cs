using InceptionMl.Inference.Internal;
using InceptionMl.Scoring.Explanations;

namespace InceptionMl.Scoring;

/// <summary>Explains one label of one prepared image, by the exact method where the network allows it.</summary>
internal sealed class Explainer(FeatureNetwork network, LoadedModel model)
{
    /// <param name="room">Its planes hold the image and its features what the network made of it.</param>
    /// <param name="label">The label's place.</param>
    /// <param name="picture">The region of the image that the network sees.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It is checked before each run of the network.</param>
    public ImageExplanation Explain(FeatureBuffers room, int label, VisibleRegion picture, CancellationToken cancellationToken)
    {
        float logit = model.Head.Logit(room.Features, label);
        float[] probabilities = new float[model.Head.Classes];
        model.Head.Probabilities(room.Features, probabilities, model.Card.Temperature);
        IReadOnlyList<FeatureMap> maps = network.RunToMaps(room);
        bool exact = ClassActivationMap.Explains(maps, room.Features);
        (int width, int height, float[] grid) = exact
            ? ClassActivationMap.Compute(maps, model.Head, label)
            : (Occlusion.Side, Occlusion.Side, new Occlusion(network, model.Head).Measure(room, label, picture, cancellationToken));
        return new ImageExplanation
        {
            Label = model.Rule.Labels.Names[label],
            Probability = probabilities[label],
            Method = exact ? ExplanationMethod.ClassActivationMap : ExplanationMethod.Occlusion,
            Width = width,
            Height = height,
            Grid = grid,
            Bias = model.Head.Bias.Span[label],
            Logit = logit,
            PictureWidth = picture.Width,
            PictureHeight = picture.Height,
            Region = picture.Region,
            ModelVersion = model.Rule.ModelVersion,
        };
    }
}
