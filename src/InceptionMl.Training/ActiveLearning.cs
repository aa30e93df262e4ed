using System.ComponentModel.DataAnnotations;
using System.Numerics.Tensors;
using System.Text.Json.Serialization;
using InceptionMl.Backbones.Internal;
using InceptionMl.Internal;
using InceptionMl.Models.Internal;
using InceptionMl.Scoring;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Datasets.Internal;
using InceptionMl.Training.Features;
using InceptionMl.Training.Features.Internal;
using InceptionMl.Training.Versions;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace InceptionMl.Training;

/// <summary>
/// Chooses which images to label next, by TypiClust (Hacohen et al. 2022): k-means makes as many clusters of the features as images are asked for, and the most
/// typical image of each is chosen, the largest cluster first. Images of classes with few labeled ones count alike; others count
/// the more, the less sure the model is of them, by the margin between its two most probable labels.
/// </summary>
public static class ActiveLearning
{
    /// <summary>The number of images that are chosen for each class unless another is asked for.</summary>
    public const int DefaultPerClass = 5;

    // Beyond that many images, k-means would take minutes; a model is no more sure of what is left out.
    private const int MostClustered = 20_000;
    private const int Iterations = 30;

    // Below it a model's doubts say little: what is typical is worth more.
    private const int FewImages = 10;
    private const float UncertainMargin = 0.5f;
    private const int Neighbors = 20;
    private const int MostCompared = 1_000;

    // An image that the model is sure of counts a little all the same.
    private const float LeastWeight = 0.01f;

    /// <summary>Chooses images to label.</summary>
    /// <param name="modelPath">The model zip.</param>
    /// <param name="images">A folder or a manifest; labels in it are not looked at.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <param name="progress">An optional progress sink that is invoked after each image.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops between images.</param>
    /// <returns>The images, the first the one that is most worth a label.</returns>
    /// <exception cref="DatasetException">The images cannot be used.</exception>
    /// <exception cref="Models.ModelFormatException">The model cannot be used.</exception>
    public static async Task<Result> SuggestAsync(
        string modelPath, DatasetSource images, Options? options = null, IProgress<FeatureProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        options = OptionsCheck.Validated(options);
        ImageScorer.Open(modelPath).Dispose();
        ModelPackage model = ModelPackage.Read(modelPath);
        TrainedContents? trained = VersionImages.FindTrained(modelPath);
        ImageDataset dataset = ImageDataset.Open(images, new DatasetOptions { ForTraining = false, AllowUnlabeled = true }, cancellationToken);
        dataset.RefuseMissing();
        using FeatureExtractor extractor = new(ModelBackbone.Open(model), new FeatureOptions { CacheFolder = options.CacheFolder });
        LabeledFeatures found = await LabeledFeatures.ExtractAsync(extractor, dataset, new SplitSettings { NearCopies = SplitSettings.NearCopyHandling.Ignore }, progress, cancellationToken).ConfigureAwait(false);
        Diagnostic? cacheProblem = extractor.CommitCache();
        HashSet<ContentHash> seen = [];
        int[] distinct = [.. Enumerable.Range(0, found.Readable).Where(row => seen.Add(found.Hashes[row]))];
        int[] known = [.. distinct.Where(row => trained?.Contains(found.Hashes[row].Draw) == true)];
        int[] pool = [.. distinct.Except(known)];
        int count = options.Count ?? DefaultPerClass * model.Card.Classes.Count;
        Dictionary<int, SuggestedImage> judged = pool.ToDictionary(row => row, row => Judge(found, row, model));
        int[] chosen = Choose(found, [.. Sample(pool, judged)], known, row => judged[row].Reason == Reason.Typical ? 1 : Math.Max(LeastWeight, 1 - judged[row].Margin), Math.Min(count, pool.Length), cancellationToken);
        return new Result([.. chosen.Select(row => judged[row])], pool.Length, known.Length, found.Problems, [.. dataset.Diagnostics, .. cacheProblem is null ? Array.Empty<Diagnostic>() : [cacheProblem]]);
    }

    // A model that does not say how many images its classes have is taken for one with many.
    private static bool IsFew(ModelPackage model, string label) => model.Card.Data?.Classes.GetValueOrDefault(label, FewImages) < FewImages;

    private static SuggestedImage Judge(LabeledFeatures found, int row, ModelPackage model)
    {
        float[] probabilities = new float[model.Head.Classes];
        model.Head.Probabilities(found.Features.Row(row), probabilities, model.Card.Temperature);
        int best = TensorPrimitives.IndexOfMax(probabilities);
        float second = probabilities.Where((_, label) => label != best).DefaultIfEmpty(0).Max();
        float margin = probabilities[best] - second;
        return new SuggestedImage(found.Samples[row].Path, model.Card.Classes[best], probabilities[best], margin)
        {
            Reason = IsFew(model, model.Card.Classes[best]) ? Reason.Typical : margin < UncertainMargin ? Reason.Uncertain : Reason.Different,
            FullPath = found.Samples[row].FullPath,
        };
    }

    private static IEnumerable<int> Sample(int[] pool, Dictionary<int, SuggestedImage> judged) =>
        pool.Length <= MostClustered ? pool : pool.OrderBy(row => judged[row].Margin).ThenBy(row => row).Take(MostClustered).Order();

    private static int[] Choose(LabeledFeatures found, int[] pool, int[] known, Func<int, float> weightOf, int count, CancellationToken cancellationToken)
    {
        // Clusters around images that are labeled already come last, so there is one more for each of these.
        int[] anchors = [.. known.Take(count)];
        int[] rows = [.. anchors, .. pool];
        Standardization standard = Standardization.Compute(found.Features, rows, []);
        Example[] examples = [.. rows.Select((row, i) => new Example(Direction(found.Features.Row(row), standard), i < anchors.Length ? 1 : weightOf(row)))];
        int[] clusterOf = Cluster(examples, Math.Min(count + anchors.Length, rows.Length), cancellationToken);
        Queue<int>[] clusters =
        [
            .. Enumerable.Range(0, rows.Length)
                .GroupBy(i => clusterOf[i])
                .OrderBy(members => members.Count(i => i < anchors.Length))
                .ThenByDescending(members => members.Where(i => i >= anchors.Length).Sum(i => examples[i].Weight))
                .ThenBy(members => members.First())
                .Select(members => new Queue<int>(ByTypicality([.. members.Where(i => i >= anchors.Length)], examples, cancellationToken))),
        ];
        List<int> chosen = [];
        while (chosen.Count < count)
        {
            foreach (Queue<int> cluster in clusters.Where(cluster => cluster.Count > 0).Take(count - chosen.Count).ToArray())
            {
                chosen.Add(rows[cluster.Dequeue()]);
            }
        }

        return [.. chosen];
    }

    // Those first that have the nearest neighbors, on average of the twenty nearest.
    private static IEnumerable<int> ByTypicality(int[] members, Example[] examples, CancellationToken cancellationToken)
    {
        int[] others = [.. members.Take(MostCompared)];
        float[] apart = new float[members.Length];
        Parallel.For(0, members.Length, new ParallelOptions { CancellationToken = cancellationToken }, i =>
            apart[i] = others.Where(other => other != members[i])
                .Select(other => TensorPrimitives.Distance(examples[members[i]].Features, examples[other].Features))
                .Order()
                .Take(Neighbors)
                .DefaultIfEmpty(0)
                .Average());
        return members.Zip(apart).OrderBy(pair => pair.Second).ThenBy(pair => pair.First).Select(pair => pair.First);
    }

    private static int[] Cluster(Example[] examples, int clusters, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        MLContext ml = new(seed: 0);
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Example));
        schema[nameof(Example.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, examples[0].Features.Length);
        IDataView view = ml.Data.LoadFromEnumerable(examples, schema);

        // On more threads than one it is not deterministic.
        KMeansModelParameters means = ml.Clustering.Trainers.KMeans(new KMeansTrainer.Options
        {
            FeatureColumnName = nameof(Example.Features),
            ExampleWeightColumnName = nameof(Example.Weight),
            NumberOfClusters = clusters,
            InitializationAlgorithm = KMeansTrainer.InitializationAlgorithm.KMeansPlusPlus,
            MaximumNumberOfIterations = Iterations,
            NumberOfThreads = 1,
        }).Fit(view).Model;
        cancellationToken.ThrowIfCancellationRequested();
        VBuffer<float>[] centers = [];
        means.GetClusterCentroids(ref centers, out int made);
        float[][] dense = [.. centers.Take(made).Select(center => center.DenseValues().ToArray())];
        int[] clusterOf = new int[examples.Length];
        Parallel.For(0, examples.Length, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            float[] to = [.. dense.Select(center => TensorPrimitives.Distance(center, examples[i].Features))];
            clusterOf[i] = TensorPrimitives.IndexOfMin(to);
        });
        return clusterOf;
    }

    private static float[] Direction(ReadOnlySpan<float> features, Standardization standard)
    {
        float[] direction = new float[features.Length];
        for (int i = 0; i < direction.Length; i++)
        {
            direction[i] = (float)((features[i] - standard.Mean[i]) * standard.Scale[i]);
        }

        float norm = TensorPrimitives.Norm<float>(direction);
        TensorPrimitives.Divide(direction, norm > 0 ? norm : 1, direction);
        return direction;
    }

    /// <summary>Options of <see cref="ActiveLearning"/>.</summary>
    public sealed class Options
    {
        /// <summary>Gets or sets the number of images to choose, at least 1.</summary>
        /// <value>The default is null: <see cref="DefaultPerClass"/> for each class of the model.</value>
        [Range(1, int.MaxValue)]
        public int? Count { get; set; }

        /// <summary>Gets or sets the folder of the feature cache.</summary>
        /// <value>The default is null: no cache.</value>
        public string? CacheFolder { get; set; }
    }

    /// <summary>What to label next.</summary>
    /// <param name="Images">The images, the first the one that is most worth a label.</param>
    /// <param name="Pool">The number of different images they were chosen from.</param>
    /// <param name="Known">The number of different images that the model was trained on, which are passed over.</param>
    /// <param name="Problems">The images that were left out.</param>
    /// <param name="Diagnostics">What a person should know of the images.</param>
    public sealed record Result(IReadOnlyList<SuggestedImage> Images, int Pool, int Known, IReadOnlyList<ImageProblem> Problems, IReadOnlyList<Diagnostic> Diagnostics)
    {
        /// <summary>Writes a manifest in which the column <c>label</c> is to be filled in. The file appears whole or not at all.</summary>
        /// <param name="path">The CSV file; paths in it are relative to its folder.</param>
        /// <exception cref="IOException">The file cannot be written.</exception>
        public void WriteManifest(string path) => ImageTable.Write(path, ["label", "looks_like", "probability", "margin", "reason"], Images.Select(image => (
            image.FullPath,
            (string[])[string.Empty, image.Label, FormattableString.Invariant($"{image.Probability:F4}"), FormattableString.Invariant($"{image.Margin:F4}"), image.Reason.ToString().ToLowerInvariant()])));
    }

    /// <summary>An image that is worth a label.</summary>
    /// <param name="Path">The image.</param>
    /// <param name="Label">The most probable label.</param>
    /// <param name="Probability">Its probability, 0 to 1.</param>
    /// <param name="Margin">How much less probable the next one is, 0 to 1.</param>
    public sealed record SuggestedImage(string Path, string Label, float Probability, float Margin)
    {
        /// <summary>Gets why it is worth a label.</summary>
        public Reason Reason { get; init; }

        /// <summary>Gets the absolute path of the file.</summary>
        [JsonIgnore]
        public string FullPath { get; init; } = string.Empty;
    }

    /// <summary>Why an image is worth a label. In JSON it is a word.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<Reason>))]
    public enum Reason
    {
        /// <summary>The model hardly prefers its most probable label to the next.</summary>
        [JsonStringEnumMemberName("uncertain")]
        Uncertain,

        /// <summary>It stands for images unlike those that have labels.</summary>
        [JsonStringEnumMemberName("different")]
        Different,

        /// <summary>Its class has few labeled images, of which typical ones come first.</summary>
        [JsonStringEnumMemberName("typical")]
        Typical,
    }

    private sealed record Example(float[] Features, float Weight);
}
