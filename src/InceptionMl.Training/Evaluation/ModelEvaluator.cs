using InceptionMl.Internal;
using InceptionMl.Scoring;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Features;

namespace InceptionMl.Training.Evaluation;

/// <summary>Measures a saved model on labeled images.</summary>
public static class ModelEvaluator
{
    /// <summary>Scores every labeled image and compares. Of a dataset with given parts the test images are used.</summary>
    /// <param name="modelPath">The model zip.</param>
    /// <param name="images">A folder or a manifest; its path alone will do.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops between images.</param>
    /// <exception cref="DatasetException">The images cannot be used.</exception>
    /// <exception cref="Models.ModelFormatException">The model cannot be used.</exception>
    public static Task<EvaluationResult> EvaluateAsync(string modelPath, DatasetSource images, CancellationToken cancellationToken = default) =>
        EvaluateAsync(modelPath, images, progress: null, cancellationToken);

    /// <summary>Scores every labeled image and compares. Of a dataset with given parts the test images are used.</summary>
    /// <param name="modelPath">The model zip.</param>
    /// <param name="images">A folder or a manifest; its path alone will do.</param>
    /// <param name="progress">An optional progress sink that is invoked after each image.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops between images.</param>
    /// <exception cref="DatasetException">The images cannot be used.</exception>
    /// <exception cref="Models.ModelFormatException">The model cannot be used.</exception>
    public static async Task<EvaluationResult> EvaluateAsync(
        string modelPath, DatasetSource images, IProgress<FeatureProgress>? progress, CancellationToken cancellationToken = default)
    {
        using ImageScorer scorer = ImageScorer.Open(modelPath);
        ImageDataset dataset = ImageDataset.Open(images, new DatasetOptions { ForTraining = false }, cancellationToken);
        dataset.RefuseMissing();
        List<Diagnostic> diagnostics = [.. dataset.Diagnostics];
        IReadOnlyList<ImageSample> samples = Choose(dataset, diagnostics);
        string[] foreign = [.. samples.Select(s => s.Label).Distinct(StringComparer.Ordinal).Except(scorer.Labels.Select(CanonicalText.Compose)).Order(StringComparer.Ordinal)];
        if (foreign.Length > 0)
        {
            diagnostics.Add(Diagnostic.Warning(DiagnosticIds.UnknownLabels, $"The model knows no label {NameList.Join(foreign)}: every image under {(foreign.Length == 1 ? "it" : "them")} counts as wrong."));
        }

        string[] labels = [.. scorer.Labels, .. foreign];
        Dictionary<string, int> places = new(StringComparer.Ordinal);
        for (int place = 0; place < labels.Length; place++)
        {
            // A model of an earlier version may have a label decomposed, or both ways.
            places.TryAdd(CanonicalText.Compose(labels[place]), place);
        }

        MetricsAccumulator metrics = new(labels);
        List<ImageProblem> unreadable = [];
        List<ImagePrediction> predictions = [];
        float[] probabilities = new float[scorer.Labels.Count];
        int next = 0;
        await foreach (ScoringResult result in scorer.ScoreAsync(
            samples.Select(s => ImageSource.FromFile(s.FullPath, s.Path)), cancellationToken).ConfigureAwait(false))
        {
            ImageSample sample = samples[next++];
            if (!result.Succeeded)
            {
                unreadable.Add(new ImageProblem(sample.Path, result.Error));
            }

            progress?.Report(new FeatureProgress(next, samples.Count, Hits: 0, unreadable.Count));
            if (!result.Succeeded)
            {
                continue;
            }

            int of = 0;
            foreach (float probability in result.Image.Scores.Values)
            {
                probabilities[of++] = probability;
            }

            int truth = places[sample.Label];
            predictions.Add(ImagePrediction.Create(sample, labels, truth, metrics.Add(truth, probabilities), probabilities));
        }

        return new EvaluationResult(metrics.ToMetrics(), unreadable, diagnostics) { UnknownLabels = foreign, Predictions = predictions };
    }

    private static IReadOnlyList<ImageSample> Choose(ImageDataset dataset, List<Diagnostic> diagnostics)
    {
        ImageSample[] test = [.. dataset.Samples.Where(s => s.Given == SplitPart.Test)];
        if (test.Length == 0 || test.Length == dataset.Samples.Count)
        {
            return dataset.Samples;
        }

        diagnostics.Add(Diagnostic.Warning(DiagnosticIds.TestPartOnly, FormattableString.Invariant($"Only the {test.Length} images of the test part are used; name another folder to measure on it.")));
        return test;
    }
}
