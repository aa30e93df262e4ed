using InceptionMl.Internal;
using InceptionMl.Models;
using InceptionMl.Scoring;
using InceptionMl.Training.Evaluation;

namespace InceptionMl.Training;

/// <summary>
/// Writes what a person should know of a model as a page: one file of HTML that holds its images and charts, loads nothing and runs no script.
/// Equal results give equal files.
/// </summary>
/// <example><code>
/// TrainResult result = await new ImageTrainer(settings).TrainAsync("model.zip");
/// await ModelReport.WriteTrainingAsync(ModelReport.PathBeside("model.zip"), result);
/// </code></example>
public static class ModelReport
{
    private const int FewPairPictures = 16;
    private const int ManyPairPictures = 72;
    private const int MostMistakes = 100;

    /// <summary>Gets where a model's report lies: beside it, as <c>NAME.report.html</c>.</summary>
    /// <param name="modelPath">The model zip.</param>
    public static string PathBeside(string modelPath) => Path.ChangeExtension(modelPath, ".report.html");

    /// <summary>Writes the report of a training whose model is saved.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="result">What the training gave.</param>
    /// <param name="options">What the report shows; null for the defaults.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops between images.</param>
    /// <exception cref="ModelFormatException">The model cannot be read any more.</exception>
    /// <exception cref="IOException">The report cannot be written.</exception>
    public static Task WriteTrainingAsync(string path, TrainResult result, Options? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        return WriteAsync(path, result.ModelPath, options ?? new Options(), (card, pictures) =>
        {
            ReportContent content = ReportContent.Create(Name(result.ModelPath), card, result) with { Suggestions = options?.Suggestions ?? [] };
            HtmlPage page = new(content.Name, "Image classifier", content.Lead);
            Append(page, content, pictures);
            return page;
        }, cancellationToken);
    }

    /// <summary>Writes the report of an evaluation.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="modelPath">The model zip that was evaluated.</param>
    /// <param name="result">What the evaluation gave.</param>
    /// <param name="options">What the report shows; null for the defaults.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops between images.</param>
    /// <exception cref="ModelFormatException">The model cannot be read any more.</exception>
    /// <exception cref="IOException">The report cannot be written.</exception>
    public static Task WriteEvaluationAsync(
        string path, string modelPath, EvaluationResult result, Options? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        return WriteAsync(path, modelPath, options ?? new Options(), (card, pictures) =>
        {
            ReportContent content = ReportContent.Create(Name(modelPath), card, result) with { Suggestions = options?.Suggestions ?? [] };
            HtmlPage page = new(content.Name, "Evaluation of an image classifier", content.Lead);
            Append(page, content, pictures, ManyPairPictures);
            return page;
        }, cancellationToken);
    }

    /// <summary>Writes the images that a model is wrong about, each with the heat of the label it gives, those first that it is most sure of; at most 100.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="modelPath">The model zip.</param>
    /// <param name="predictions">What the model says of images.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops between images.</param>
    /// <exception cref="ModelFormatException">The model cannot be read any more.</exception>
    /// <exception cref="IOException">The page cannot be written.</exception>
    public static Task WriteMistakesAsync(
        string path, string modelPath, IReadOnlyList<ImagePrediction> predictions, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        return WriteAsync(path, modelPath, new Options(), (_, pictures) =>
        {
            IReadOnlyList<ImagePrediction> mistakes = ImagePrediction.WorstFirst(predictions);
            HtmlPage page = new(
                Name(modelPath),
                "Mistakes of an image classifier",
                FormattableString.Invariant($"Of {predictions.Count} images the model is wrong about {mistakes.Count}. Those that it is most sure of come first."));
            ReportGallery.Mistakes(page, mistakes, pictures!, MostMistakes);
            return page;
        }, cancellationToken);
    }

    /// <summary>Writes the images whose labels look wrong beside those that they are most like, the most suspect first; at most 120.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="review">What a review of the labels gave.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops between images.</param>
    /// <exception cref="IOException">The page cannot be written.</exception>
    public static Task WriteSuspectsAsync(string path, LabelReview.Result review, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(review);
        return WriteAsync(path, () => ContactSheet.Suspects(Name(path), review, new ReportPictures(model: null, cancellationToken)), cancellationToken);
    }

    /// <summary>Writes the images that are most worth a label, in their order; at most 120.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="result">What <see cref="ActiveLearning"/> chose.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops between images.</param>
    /// <exception cref="IOException">The page cannot be written.</exception>
    public static Task WriteSuggestionsAsync(string path, ActiveLearning.Result result, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        return WriteAsync(path, () => ContactSheet.Suggestions(Name(path), result, new ReportPictures(model: null, cancellationToken)), cancellationToken);
    }

    /// <summary>Appends the sections that every report has.</summary>
    internal static void Append(HtmlPage page, ReportContent content, ReportPictures? pictures, int pairPictures = FewPairPictures)
    {
        ReportSummary.Append(page, content);
        ReportTraining.AppendData(page, content);
        ReportTraining.AppendCurve(page, content);
        ReportTraining.AppendChoice(page, content);
        ReportQuality.Append(page, content);
        ReportGallery.Append(page, content, pictures, pairPictures);
        ReportQuality.AppendConfidence(page, content);
        ReportMap.Append(page, content, pictures);
        ReportTraining.AppendSettings(page, content);
        ReportSummary.AppendGlossary(page);
    }

    private static string Name(string modelPath) => Path.GetFileNameWithoutExtension(modelPath);

    private static Task WriteAsync(
        string path, string modelPath, Options options, Func<ModelCard, ReportPictures?, HtmlPage> create, CancellationToken cancellationToken) => WriteAsync(
        path,
        () =>
        {
            using ImageScorer model = ImageScorer.Open(modelPath);
            return create(model.Card, options.Thumbnails ? new ReportPictures(model, cancellationToken) : null);
        },
        cancellationToken);

    private static async Task WriteAsync(string path, Func<HtmlPage> create, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] page = await Task.Run(() => create().ToUtf8(), cancellationToken).ConfigureAwait(false);
        await AtomicFile.WriteAsync(path, stream => stream.WriteAsync(page, cancellationToken).AsTask()).ConfigureAwait(false);
    }

    /// <summary>What a report shows.</summary>
    public sealed class Options
    {
        /// <summary>Gets or sets whether it holds small copies of images.</summary>
        /// <value>The default is <see langword="true"/>.</value>
        public bool Thumbnails { get; set; } = true;

        /// <summary>Gets or sets sentences about what to do next.</summary>
        /// <value>The default is none.</value>
        public IReadOnlyList<string> Suggestions { get; set; } = [];
    }
}
