using InceptionMl.Images;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace InceptionMl.Training;

/// <summary>
/// The loader that is saved with a model. ML.NET cannot write an image column into a zip's schema, but it computes the schema of a saved
/// loader anew when the zip is opened: this is how <c>mlContext.Model.Load(path, out schema)</c> comes to name the column <c>Image</c>.
/// The loader is made of stock parts, reads a text file with the path of an image per line, and gives images of the model's size.
/// </summary>
internal static class MlNetLoader
{
    /// <summary>The only column: an <see cref="MLImage"/> of the model's size.</summary>
    public const string Image = "Image";

    private const string Path = "Path";
    private const string Loaded = "Loaded";

    /// <summary>Creates the loader.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="size">How images are prepared for the model.</param>
    public static IDataLoader<IMultiStreamSource> Create(MLContext ml, ImagePreprocessing size)
    {
        TextLoader paths = ml.Data.CreateTextLoader([new TextLoader.Column(Path, DataKind.String, 0)]);

        // No folder: one would be stored as it is on this machine.
        var images = ml.Transforms.LoadImages(Loaded, imageFolder: null, Path)
            .Append(StockFeatures.Resize(ml.Transforms, Loaded, Image, size))
            .Append(ml.Transforms.SelectColumns(Image));
        return paths.Append(images.Fit(paths.Load(NoFile())));
    }

    /// <summary>How any ML.NET program feeds the zip, in a sentence.</summary>
    /// <param name="size">How images are prepared for the model.</param>
    public static string Describe(ImagePreprocessing size) =>
        "mlContext.Model.Load(path, out schema), then CreatePredictionEngine<TIn, TOut>(model, schema) where TIn has "
        + FormattableString.Invariant($"[ImageType({size.Height}, {size.Width})] public MLImage {Image}; images may be of any size; ")
        + "PredictedLabel is text, Score holds a probability per class, named by its slots";

    /// <summary>What <see cref="Create"/> reads where there is nothing to read.</summary>
    public static IMultiStreamSource NoFile() => new MultiFileSource(null);
}
