using InceptionMl.Training.Backbones;
using Microsoft.ML;

namespace InceptionMl.Training.Transforms;

/// <summary>The featuriser in ML.NET's own idiom.</summary>
public static class InceptionFeaturesExtensions
{
    /// <summary>
    /// Features of an image column by a frozen backbone, on which any trainer can be fitted:
    /// <c>using var features = mlContext.Transforms.InceptionFeatures("Features", "Image"); var pipeline = features.Append(trainer);</c>
    /// Trainers that read their data more than once want <c>AppendCacheCheckpoint</c> after it: the network runs at every reading.
    /// </summary>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="outputColumn">The column of features that is added: a vector of single precision, as long as the backbone is wide.</param>
    /// <param name="inputColumn">The column of images, of type <see cref="Microsoft.ML.Data.MLImage"/>.</param>
    /// <param name="backbone">The backbone; null is the embedded one.</param>
    /// <returns>An estimator that owns a temporary file: dispose it after the pipeline was saved for the last time.</returns>
    public static InceptionFeaturesEstimator InceptionFeatures(
        this TransformsCatalog catalog, string outputColumn, string inputColumn, Backbone? backbone = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(outputColumn);
        ArgumentException.ThrowIfNullOrEmpty(inputColumn);
        return new InceptionFeaturesEstimator(catalog, outputColumn, inputColumn, backbone ?? Backbone.Embedded());
    }
}
