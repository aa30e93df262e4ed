using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using InceptionMl.Backbones;
using InceptionMl.Backbones.Internal;
using InceptionMl.Internal;
using InceptionMl.Models;
using InceptionMl.Models.Internal;
using InceptionMl.Scoring;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Datasets.Internal;
using InceptionMl.Training.Evaluation.Internal;
using InceptionMl.Training.Features;
using InceptionMl.Training.Features.Internal;
using InceptionMl.Training.Versions;

namespace InceptionMl.Training.Evaluation;

/// <summary>Measures a saved model on labeled images.</summary>
public static class ModelEvaluator
{
    private const int FewImages = 10;
    private const int MostNames = 5;

    /// <summary>Scores every labeled image and compares. Of a dataset with given parts the test images are used.</summary>
    /// <param name="modelPath">The model zip.</param>
    /// <param name="images">A folder or a manifest; its path alone will do.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops between images.</param>
    /// <exception cref="DatasetException">The images cannot be used.</exception>
    /// <exception cref="ModelFormatException">The model cannot be used.</exception>
    public static Task<EvaluationResult> EvaluateAsync(string modelPath, DatasetSource images, CancellationToken cancellationToken = default) =>
        EvaluateAsync(modelPath, images, options: null, progress: null, cancellationToken);

    /// <summary>
    /// Scores every labeled image and compares. Of a dataset with given parts the test images are used. Images that the model was trained on,
    /// whatever they are called here, are counted apart.
    /// </summary>
    /// <param name="modelPath">The model zip.</param>
    /// <param name="images">A folder or a manifest; its path alone will do.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <param name="progress">An optional progress sink that is invoked after each image.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops between images.</param>
    /// <exception cref="DatasetException">The images cannot be used.</exception>
    /// <exception cref="ModelFormatException">The model cannot be used.</exception>
    public static async Task<EvaluationResult> EvaluateAsync(
        string modelPath, DatasetSource images, EvaluationOptions? options, IProgress<FeatureProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        options ??= new EvaluationOptions();

        // What a scorer refuses is refused here, and before the images are read.
        ImageScorer.Open(modelPath).Dispose();
        ModelPackage model = ModelPackage.Read(modelPath);
        ImageDataset dataset = ImageDataset.Open(images, new DatasetOptions { ForTraining = false }, cancellationToken);
        dataset.RefuseMissing();
        List<Diagnostic> diagnostics = [.. dataset.Diagnostics];
        IReadOnlyList<ImageSample> samples = WithoutDoubtfulLabels(Choose(dataset, diagnostics), diagnostics, cancellationToken);
        string[] foreign = [.. samples.Select(s => s.Label).Distinct(StringComparer.Ordinal).Except(model.Card.Classes.Select(CanonicalText.Compose)).Order(StringComparer.Ordinal)];
        if (foreign.Length > 0)
        {
            diagnostics.Add(Diagnostic.Warning(DiagnosticIds.UnknownLabels, $"The model knows no label {NameList.Join(foreign)}: every image under {(foreign.Length == 1 ? "it" : "them")} counts as wrong."));
        }

        string[] labels = [.. model.Card.Classes, .. foreign];
        Dictionary<string, int> places = new(StringComparer.Ordinal);
        for (int place = 0; place < labels.Length; place++)
        {
            // A model of an earlier version may have a label decomposed, or both ways.
            places.TryAdd(CanonicalText.Compose(labels[place]), place);
        }

        if (await SharpnessShift.FindAsync(model.Card, [.. samples.Select(sample => sample.FullPath)], options.CacheFolder, cancellationToken).ConfigureAwait(false) is { } shift)
        {
            diagnostics.Add(shift);
        }

        TrainedContents? fitted = VersionImages.FindTrained(modelPath);
        MetricsAccumulator metrics = new(labels);
        MetricsAccumulator trained = new(labels);
        List<ImageProblem> unreadable = [];
        List<ImagePrediction> predictions = [];
        FeatureSample.Builder sampled = new();
        float[] probabilities = new float[model.Head.Classes];
        using FeatureExtractor extractor = new(ModelBackbone.Open(model), new FeatureOptions { CacheFolder = options.CacheFolder });
        await foreach (ImageFeatures image in ExtractAsync(extractor, modelPath, samples, progress, cancellationToken).ConfigureAwait(false))
        {
            ImageSample sample = samples[image.Index];
            if (image.Vector is null)
            {
                unreadable.Add(new ImageProblem(sample.Path, image.Problem!));
                continue;
            }

            model.Head.Probabilities(image.Vector, probabilities, model.Card.Temperature);
            bool isTrained = fitted?.Contains(image.Hash.Draw) == true;
            if (isTrained)
            {
                trained.Add(places[sample.Label], probabilities);
            }

            if (!isTrained || options.IncludeTrained)
            {
                int truth = places[sample.Label];
                sampled.Add(sample, image.Hash.Draw, image.Vector);
                predictions.Add(ImagePrediction.Create(sample, labels, truth, metrics.Add(truth, probabilities), probabilities));
            }
        }

        EvaluationResult result = new(metrics.ToMetrics(), unreadable, diagnostics)
        {
            UnknownLabels = foreign,
            Predictions = predictions,
            Sample = sampled.ToSample(),
            Trained = fitted is null ? null : trained.ToMetrics(),
            TrainedIncluded = options.IncludeTrained,
        };
        diagnostics.AddRange(Diagnose(result));
        diagnostics.AddRange(extractor.CommitCache() is { } problem ? [problem] : []);
        return result;
    }

    // Features that are no numbers are the model's fault here, which a scorer meets in its first answer.
    private static async IAsyncEnumerable<ImageFeatures> ExtractAsync(
        FeatureExtractor extractor,
        string modelPath,
        IReadOnlyList<ImageSample> samples,
        IProgress<FeatureProgress>? progress,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using IAsyncEnumerator<ImageFeatures> images = extractor.ExtractAsync([.. samples.Select(s => s.FullPath)], progress, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await images.MoveNextAsync().ConfigureAwait(false))
                {
                    yield break;
                }
            }
            catch (BackboneException exception)
            {
                throw Subject.FromFile(modelPath).Refuse("gives features that are not finite numbers: train the model again or fetch a whole copy", ModelErrorReason.NetworkFailed, exception);
            }

            yield return images.Current;
        }
    }

    private static IEnumerable<Diagnostic> Diagnose(EvaluationResult result)
    {
        ClassificationMetrics metrics = result.Metrics;
        if (result.Trained is null)
        {
            yield return Diagnostic.Warning(DiagnosticIds.TrainedImagesUnknown, FormattableString.Invariant(
                $"The model does not list the images it was trained on, as earlier versions did not and as none does of more than {TrainedContents.MostInZip} images: where such images are among these, the figures are too good."));
        }
        else if (result.Trained.Images > 0)
        {
            string these = FormattableString.Invariant($"{result.Trained.Images} of these images were trained on ({100 * result.Trained.Accuracy:F1} % right)");
            yield return Diagnostic.Warning(DiagnosticIds.TrainedImages, result.TrainedIncluded
                ? $"{these} and are counted, so the figures are too good for new images."
                : metrics.Images == 0 ? $"All {these}, so there is no figure for new ones."
                : FormattableString.Invariant($"{these} and are left out; the figures are of the {metrics.Images} others."));
        }

        string[] few = [.. metrics.PerClass.Where(of => of.Support is > 0 and < FewImages).OrderBy(of => of.Support).Select(of => FormattableString.Invariant($"{of.Label} ({of.Support})"))];
        if (few.Length > 0)
        {
            yield return Diagnostic.Warning(DiagnosticIds.FewTestImages, FormattableString.Invariant(
                $"{(few.Length == 1 ? "1 class has" : $"{few.Length} classes have")} fewer than {FewImages} images here, too few to judge by: {string.Join(", ", few.Take(MostNames))}{(few.Length > MostNames ? " and more" : "")}."));
        }
    }

    // Of files of one content and two labels no answer is right twice. Only files of one length are read for it.
    private static IReadOnlyList<ImageSample> WithoutDoubtfulLabels(IReadOnlyList<ImageSample> samples, List<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        ImageSample[] alike =
        [
            .. samples.GroupBy(sample => new FileInfo(sample.FullPath) is { Exists: true, Length: long length } ? length : -1)
                .Where(of => of.Key >= 0 && of.Select(sample => sample.Label).Distinct(StringComparer.Ordinal).Skip(1).Any())
                .SelectMany(of => of),
        ];
        Dictionary<ImageSample, ContentHash> hashes = [];
        foreach (ImageSample sample in alike)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                using FileStream file = File.OpenRead(sample.FullPath);
                hashes.TryAdd(sample, ContentHash.FromBytes(SHA256.HashData(file)));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // It is told as unreadable when its turn comes.
            }
        }

        HashSet<ContentHash> doubtful = [.. DoubtfulLabels.Find([.. hashes.Values], [.. hashes.Keys])];
        if (doubtful.Count == 0)
        {
            return samples;
        }

        HashSet<ImageSample> left = [.. hashes.Where(of => doubtful.Contains(of.Value)).Select(of => of.Key)];
        diagnostics.Add(Diagnostic.Warning(DiagnosticIds.ContentsUnderTwoLabels, FormattableString.Invariant(
            $"Contents that stand under more than one label ({doubtful.Count}), so that they are not counted; keep the right one of each: {NameList.Join(left.Select(sample => sample.Path).Order(StringComparer.Ordinal))}.")));
        return [.. samples.Where(sample => !left.Contains(sample))];
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
