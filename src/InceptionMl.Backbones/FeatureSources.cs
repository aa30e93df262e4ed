using System.Collections.Immutable;
using InceptionMl.Models;
using InceptionMl.Models.Internal;
using InceptionMl.Networks.Onnx.Editing.Internal;

namespace InceptionMl.Backbones;

/// <summary>What a selection of features means for one network.</summary>
internal static class FeatureSources
{
    /// <summary>Returns the card with the features that are selected.</summary>
    /// <param name="card">The card beside the network.</param>
    /// <param name="onnx">The network.</param>
    /// <param name="selection">The selection.</param>
    /// <param name="subject">What a message is about.</param>
    /// <exception cref="InceptionMl.Networks.Onnx.Editing.OnnxFormatException">A tensor that is named is no map of the network.</exception>
    /// <exception cref="BackboneException">The last block's features are asked for, and neither card nor network says how many they are.</exception>
    public static BackboneCard Select(BackboneCard card, byte[] onnx, FeatureSelection selection, Subject subject)
    {
        BackboneFeatures features = card.Outputs.Features;
        if (selection == FeatureSelection.Last)
        {
            return features.Sources is null ? card : With(card, features with { Sources = null, Width = LastWidth(card, onnx, subject) }, subject);
        }

        if (selection == FeatureSelection.Depths && features.Sources is not null)
        {
            return card;
        }

        ImmutableArray<FeatureBlock> blocks = selection == FeatureSelection.Depths
            ? FeatureBlocks.Choose(FeatureBlocks.Find(onnx, card.Input.Tensor, features.Tensor, subject.Name))
            : FeatureBlocks.Describe(onnx, card.Input.Tensor, selection.Tensors, subject.Name);
        BackboneFeatureSource[] sources = [.. blocks.Select(block => new BackboneFeatureSource { Tensor = block.Tensor, Width = block.Channels })];
        return sources.Length == 0 ? card : With(card, features with { Sources = sources, Width = sources.Sum(source => source.Width) }, subject);
    }

    private static BackboneCard With(BackboneCard card, BackboneFeatures features, Subject subject)
    {
        BackboneCard selected = card with { Outputs = card.Outputs with { Features = features } };
        selected.Require(subject);
        return selected;
    }

    private static int LastWidth(BackboneCard card, byte[] onnx, Subject subject) =>
        FeatureBlocks.DeclaredWidth(onnx, card.Outputs.Features.Tensor, subject.Name) ?? card.Outputs.FeatureMap?.Channels ?? throw BackboneException.Create(
            subject, $"does not declare how many values its tensor '{card.Outputs.Features.Tensor}' has, so the last block's features cannot be taken alone");
}
