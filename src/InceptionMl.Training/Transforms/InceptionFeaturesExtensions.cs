using InceptionMl.Backbones;
using Microsoft.ML;

namespace InceptionMl.Training.Transforms;

/// <summary>The featurizer and the classifier in ML.NET's own idiom.</summary>
public static class InceptionFeaturesExtensions
{
    /// <summary>
    /// Features of an image column by a frozen backbone, on which any trainer can be fitted:
    /// <c>using var features = mlContext.Transforms.InceptionFeatures("Features", "Image"); var pipeline = features.Append(trainer);</c>
    /// Trainers that read their data more than once want <c>AppendCacheCheckpoint</c> after it: the network runs at every reading.
    /// </summary>
    /// <remarks>
    /// <para>
    /// It sees what ML.NET makes of a picture, which is not always what <see cref="InceptionMl.Scoring.ImageScorer"/> makes of it.
    /// <see cref="Microsoft.ML.Data.MLImage"/> ignores the EXIF orientation, so that a photo may lie on its side, and puts what is transparent on
    /// black; the scorer turns it upright and puts it on white. A truncated JPEG is decoded with a black rest; the scorer refuses it. ML.NET resizes
    /// with a filter of its own. <see cref="InceptionMl.Images.ResizeMode.Stretch"/> becomes ML.NET's <c>Fill</c>, which is nearest neighbor:
    /// thin lines vanish. Crop and Pad are filtered.
    /// </para>
    /// <para>
    /// The caller's images stay the caller's, until the pipeline was saved and loaded: then ML.NET disposes an image that has the backbone's
    /// input size already (128 x 128 with the embedded one) at the next row or prediction. Give a loaded pipeline an image of that
    /// size once only, or a copy of it.
    /// </para>
    /// </remarks>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="outputColumn">The column of features that is added: a vector of single precision, as long as the backbone is wide.</param>
    /// <param name="inputColumn">The column of images, of type <see cref="Microsoft.ML.Data.MLImage"/>.</param>
    /// <param name="backbone">The backbone; null is the embedded one.</param>
    /// <returns>An estimator that owns a temporary file: dispose it after the pipeline was fitted and saved for the last time.</returns>
    /// <exception cref="ArgumentException">A column has no name.</exception>
    /// <exception cref="BackboneException">The backbone's network is not one that can be renamed.</exception>
    /// <exception cref="IOException">The temporary file cannot be written.</exception>
    public static InceptionFeaturesEstimator InceptionFeatures(
        this TransformsCatalog catalog, string outputColumn, string inputColumn, Backbone? backbone = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(outputColumn);
        ArgumentException.ThrowIfNullOrEmpty(inputColumn);
        return new InceptionFeaturesEstimator(catalog, outputColumn, inputColumn, backbone ?? Backbone.Embedded());
    }

    /// <summary>
    /// Trains an image classifier on a column of images and a column of labels:
    /// <c>using var classifier = mlContext.MulticlassClassification.Trainers.InceptionClassifier(); var model = classifier.Fit(images);</c>
    /// </summary>
    /// <param name="catalog">
    /// The trainers of an <see cref="MLContext"/>. ML.NET tells nobody else the context that a catalog belongs to, so seed and log are among the options.
    /// </param>
    /// <param name="options">The options; null is the defaults.</param>
    /// <returns>An estimator that owns a temporary file: dispose it after the model was fitted and saved for the last time.</returns>
    /// <exception cref="ArgumentException">The folds are out of their range, or a column has no name.</exception>
    /// <exception cref="PipelineException">A setting of the heads is out of its range.</exception>
    /// <exception cref="BackboneException">The backbone's network is not one that can be renamed.</exception>
    /// <exception cref="IOException">The temporary file cannot be written.</exception>
    public static InceptionClassifierEstimator InceptionClassifier(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, InceptionClassifierEstimator.Options? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new InceptionClassifierEstimator(options ?? new InceptionClassifierEstimator.Options());
    }
}
