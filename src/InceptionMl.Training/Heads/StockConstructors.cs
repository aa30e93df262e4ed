using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace InceptionMl.Training;

/// <summary>
/// The internal constructors of Microsoft.ML 5.0.1 that hold a fitted head; the version is pinned for their sake. A constructor of a
/// generic type can only be reached from a type with the same parameter.
/// </summary>
/// <typeparam name="TModel">The model inside the transformer.</typeparam>
internal static class StockConstructors<TModel>
    where TModel : class
{
    /// <summary>MaximumEntropyModelParameters(env, weights, bias, numClasses, numFeatures, labelNames, stats).</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    public static extern MaximumEntropyModelParameters Model(
        IHostEnvironment environment,
        VBuffer<float>[] weights,
        float[] bias,
        int classes,
        int features,
        string[]? labelNames,
        ModelStatisticsBase? statistics);

    /// <summary>MulticlassPredictionTransformer(env, model, inputSchema, featureColumn, labelColumn, scoreColumn, predictedLabel).</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    public static extern MulticlassPredictionTransformer<TModel> Transformer(
        IHostEnvironment environment,
        TModel model,
        DataViewSchema inputSchema,
        string featureColumn,
        string labelColumn,
        string scoreColumn,
        string predictedLabelColumn);
}
