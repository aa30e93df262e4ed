using InceptionMl.Models.Internal;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace InceptionMl.Training;

/// <summary>A linear head as stock ML.NET transformers, so that any ML.NET application can load what is saved.</summary>
internal static class StockHead
{
    private const string LabelColumn = "Label";

    /// <summary>
    /// Creates a chain that turns a feature column into Score (probabilities; its slot names are the labels) and PredictedLabel (text).
    /// </summary>
    /// <param name="ml">The context.</param>
    /// <param name="head">The head; at least 2 classes, ML.NET has no classifier of one.</param>
    /// <param name="labels">The name of each class; all different.</param>
    /// <param name="inputSchema">The schema the chain will be applied to; holds <paramref name="featureColumn"/>. No label is needed.</param>
    /// <param name="featureColumn">The column of features, a vector of single-precision values of the head's width.</param>
    /// <param name="asText">Whether PredictedLabel is text; it is a key of the labels otherwise.</param>
    /// <exception cref="ArgumentException">The labels do not fit the head, or the column is missing or of another width.</exception>
    public static ITransformer Create(
        MLContext ml, LinearHead head, IReadOnlyList<string> labels, DataViewSchema inputSchema, string featureColumn = "features", bool asText = true)
    {
        ArgumentNullException.ThrowIfNull(ml);
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(inputSchema);
        if (head.Classes < 2 || labels.Count != head.Classes || labels.Distinct(StringComparer.Ordinal).Count() != labels.Count)
        {
            throw new ArgumentException($"A head of {head.Classes} classes needs as many different labels, at least 2; there are {labels.Count}.", nameof(labels));
        }

        if (inputSchema.GetColumnOrNull(featureColumn)?.Type is not VectorDataViewType { Size: int width } || width != head.Width)
        {
            throw new ArgumentException($"The column '{featureColumn}' must be a vector of {head.Width} values.", nameof(inputSchema));
        }

        VBuffer<float>[] weights = new VBuffer<float>[head.Classes];
        for (int c = 0; c < weights.Length; c++)
        {
            weights[c] = new VBuffer<float>(head.Width, head.Weights.Slice(c * head.Width, head.Width).ToArray());
        }

        MaximumEntropyModelParameters model = StockConstructors<MaximumEntropyModelParameters>.Model(ml, weights, head.Bias.ToArray(), head.Classes, head.Width, null, null);
        var scorer = StockConstructors<MaximumEntropyModelParameters>.Transformer(
            ml, model, SchemaWithLabels(inputSchema, featureColumn, labels), featureColumn, LabelColumn, "Score", "PredictedLabel");
        if (!asText)
        {
            return scorer;
        }

        DataViewSchema scored = scorer.GetOutputSchema(inputSchema);
        ITransformer toText = ml.Transforms.Conversion.MapKeyToValue("PredictedLabel").Fit(new EmptyView(scored));
        return new TransformerChain<ITransformer>(scorer, toText);
    }

    /// <summary>The scorer takes the names of its slots from the keys of the label it was trained on.</summary>
    private static DataViewSchema SchemaWithLabels(DataViewSchema input, string featureColumn, IReadOnlyList<string> labels)
    {
        DataViewSchema.Annotations.Builder keys = new();
        ReadOnlyMemory<char>[] names = [.. labels.Select(label => label.AsMemory())];
        keys.Add(
            "KeyValues",
            new VectorDataViewType(TextDataViewType.Instance, names.Length),
            (ref VBuffer<ReadOnlyMemory<char>> values) => values = new(names.Length, names));
        DataViewSchema.Builder schema = new();
        schema.AddColumn(featureColumn, input[featureColumn].Type);
        schema.AddColumn(LabelColumn, new KeyDataViewType(typeof(uint), names.Length), keys.ToAnnotations());
        return schema.ToSchema();
    }
}
