using System.Collections.Immutable;
using InceptionMl.Internal;
using InceptionMl.Models;
using InceptionMl.Models.Internal;
using InceptionMl.Networks.Onnx.Editing;
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
            : Describe(card, onnx, selection.Tensors, subject);
        BackboneFeatureSource[] sources = [.. blocks.Select(block => new BackboneFeatureSource { Tensor = block.Tensor, Width = block.Channels })];
        return sources.Length == 0 ? card : With(card, features with { Sources = sources, Width = sources.Sum(source => source.Width) }, subject);
    }

    private static ImmutableArray<FeatureBlock> Describe(BackboneCard card, byte[] onnx, IReadOnlyList<string> tensors, Subject subject)
    {
        if (tensors.Distinct(StringComparer.Ordinal).Count() < tensors.Count)
        {
            throw BackboneException.Create(subject, $"is asked for a tensor twice among its features, {string.Join(',', tensors)}: name each once");
        }

        try
        {
            return FeatureBlocks.Describe(onnx, card.Input.Tensor, tensors, subject.Name);
        }
        catch (OnnxFormatException exception)
        {
            string[] blocks = [.. FeatureBlocks.Find(onnx, card.Input.Tensor, card.Outputs.Features.Tensor, subject.Name).Select(block => block.Tensor)];
            throw blocks.Length == 0 ? exception : new BackboneException($"{exception.Message.TrimEnd('.')}; its blocks are {string.Join(", ", blocks)}", exception) { Path = subject.Path };
        }
    }

    /// <summary>Returns a card whose features are the mean of the last map, whatever its size: the network's own pool may be made for one size.</summary>
    public static BackboneCard PoolAtAnySize(BackboneCard card) =>
        card.Outputs is { Features: { Sources: null } features, FeatureMap: { } map } && map.Channels == features.Width && map.Tensor != features.Tensor
            ? card with { Outputs = card.Outputs with { Features = features with { Sources = [new BackboneFeatureSource { Tensor = map.Tensor, Width = map.Channels }] } } }
            : card;

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
