using System.IO.Compression;
using System.Text;
using InceptionMl.TestSupport;
using InceptionMl.Training.Features;
using InceptionMl.Training.Transforms;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using Microsoft.ML.Transforms.Image;

namespace InceptionMl.Training.Tests.Transforms;

[Trait("Category", "Slow")]
public sealed class InceptionClassifierTests
{
    [Fact]
    public void A_model_fitted_on_text_labels_tells_the_same_in_plain_ml_net_after_it_was_saved()
    {
        using TemporaryFolder folder = new();
        List<string> log = [];
        MLContext ml = new();
        IDataView images = View(ml, Training);
        IDataView unseen = View(ml, Test);
        using InceptionClassifierEstimator classifier = ml.MulticlassClassification.Trainers.InceptionClassifier(new() { Log = log.Add });

        ITransformer model = classifier.Fit(images);
        ml.Model.Save(model, images.Schema, folder.At("model.zip"));
        IDataView scored = model.Transform(unseen);
        MLContext plain = new();
        ITransformer loaded = plain.Model.Load(folder.At("model.zip"), out _);
        IDataView again = loaded.Transform(View(plain, Test));

        string[] predicted = [.. scored.GetColumn<string>("PredictedLabel")];
        Assert.InRange(predicted.Zip(scored.GetColumn<string>("Label")).Count(p => p.First == p.Second), 0.8 * predicted.Length, predicted.Length);
        Assert.Equal(predicted, again.GetColumn<string>("PredictedLabel"));
        Assert.Equal(scored.GetColumn<float[]>("Score"), again.GetColumn<float[]>("Score"));
        string[] classes = [.. Test.Select(Label).Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal(classes, SlotNames(again.Schema));
        Assert.All(again.GetColumn<float[]>("Score").Zip(predicted), row => Assert.Equal(classes[Array.IndexOf(row.First, row.First.Max())], row.Second));
        Assert.Equal(2, log.Count);
        Assert.All(log, sentence => Assert.EndsWith(".", sentence, StringComparison.Ordinal));
        Assert.DoesNotContain("InceptionMl", Loaders(folder.At("model.zip")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_label_gives_a_key_that_ml_net_evaluates_and_a_class_without_images_keeps_its_place()
    {
        MLContext ml = new();
        IDataView names = ml.Data.LoadFromEnumerable(Training.Select(Label).Distinct().Prepend("unseen").Select(name => new Name { Label = name }));
        using InceptionClassifierEstimator classifier = ml.MulticlassClassification.Trainers.InceptionClassifier();
        EstimatorChain<KeyToValueMappingTransformer> pipeline = ml.Transforms.Conversion.MapValueToKey("Label", keyData: names)
            .Append(classifier)
            .Append(ml.Transforms.Conversion.MapKeyToValue("Answer", "PredictedLabel"));

        IDataView scored = pipeline.Fit(View(ml, Training)).Transform(View(ml, Test));
        MulticlassClassificationMetrics metrics = ml.MulticlassClassification.Evaluate(scored);

        Assert.InRange(metrics.MicroAccuracy, 0.8, 1);
        Assert.Equal("unseen", SlotNames(scored.Schema)[0]);
        Assert.DoesNotContain("unseen", scored.GetColumn<string>("Answer"));
    }

    [Fact]
    public void The_same_seed_gives_the_same_model()
    {
        MLContext ml = new();
        IDataView few = View(ml, [.. Training.Where((_, i) => i % 3 == 0)]);

        Assert.Equal(Scores(seed: 7), Scores(seed: 7));

        float[][] Scores(int seed)
        {
            using InceptionClassifierEstimator classifier = ml.MulticlassClassification.Trainers.InceptionClassifier(new() { Seed = seed, Folds = 3 });
            return [.. classifier.Fit(few).Transform(few).GetColumn<float[]>("Score")];
        }
    }

    [Theory]
    [InlineData("Photo", "Label", "There is no column 'Photo' of images: set ImageColumnName to the name of the one that holds them.")]
    [InlineData("Label", "Label", "The column 'Label' is of type String; it must hold images, of type MLImage.")]
    [InlineData("Image", "Class", "There is no column 'Class' of labels: set LabelColumnName to the name of the one that holds them.")]
    [InlineData("Image", "Number", "The column 'Number' must hold labels as text, or as a key that MapValueToKey made of text.")]
    public void A_column_that_does_not_fit_is_named_in_a_sentence(string image, string label, string message)
    {
        MLContext ml = new();
        IDataView images = View(ml, [.. Test.Take(1)]);
        using InceptionClassifierEstimator classifier = ml.MulticlassClassification.Trainers.InceptionClassifier(
            new() { ImageColumnName = image, LabelColumnName = label });

        Assert.Equal(message, Assert.Throws<ArgumentException>(() => classifier.Fit(images)).Message);
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => ml.Transforms.CopyColumns("Copy", "Number").Append(classifier).Fit(images)).Message);
    }

    [Fact]
    public void Rows_that_cannot_be_trained_on_are_named_in_a_sentence()
    {
        MLContext ml = new();
        using InceptionClassifierEstimator classifier = ml.MulticlassClassification.Trainers.InceptionClassifier();
        Row good = Row.Load(Test[0]);

        Assert.Equal(
            "Row 2 has no label in the column 'Label': remove the row or label it.",
            Refused([good, new Row { Image = good.Image, Label = string.Empty }]));
        Assert.Equal("Row 2 has no image in the column 'Image': remove the row or give it one.", Refused([good, new Row { Label = "nut" }]));
        Assert.Equal("Row 1 has no image in the column 'Image': remove the row or give it one.", Refused([new Row { Label = "nut" }, good]));
        Assert.Equal($"The column 'Label' holds the one label '{good.Label}'; a classifier needs images of at least two classes.", Refused([good, good]));
        Assert.Equal("The data view has no rows; a classifier needs images of at least two classes.", Refused([]));

        string Refused(Row[] rows) => Assert.Throws<DatasetException>(() => classifier.Fit(ml.Data.LoadFromEnumerable(rows))).Message;
    }

    [Fact]
    public void Options_out_of_range_are_refused_at_once()
    {
        MLContext ml = new();

        Assert.Throws<ArgumentException>(() => ml.MulticlassClassification.Trainers.InceptionClassifier(new() { Folds = 1 }));
        Assert.Throws<PipelineException>(() => ml.MulticlassClassification.Trainers.InceptionClassifier(new() { Heads = new() { L2 = [-1] } }));
        Assert.Throws<ArgumentException>(() => ml.MulticlassClassification.Trainers.InceptionClassifier(new() { LabelColumnName = string.Empty }));
        Assert.Throws<ArgumentException>(() => ml.MulticlassClassification.Trainers.InceptionClassifier(new() { FeatureColumnName = "Label" }));
    }

    [Fact]
    public void It_can_be_canceled_while_images_are_read_and_while_the_head_is_searched()
    {
        MLContext ml = new();
        string[] paths = [.. Training.Where((_, i) => i % 4 == 0)];
        int read = 0;

        using CancellationTokenSource early = new();
        Assert.Throws<OperationCanceledException>(() => Fit(new()
        {
            Progress = new Sink<FeatureProgress>(progress =>
            {
                read = progress.Done;
                Assert.Equal(paths.Length, progress.Total);
                early.Cancel();
            }),
            CancellationToken = early.Token,
        }));
        Assert.Equal(1, read);

        using CancellationTokenSource late = new();
        Assert.Throws<OperationCanceledException>(() => Fit(new()
        {
            HeadProgress = new Sink<HeadProgress>(_ => late.Cancel()),
            CancellationToken = late.Token,
        }));

        void Fit(InceptionClassifierEstimator.Options options)
        {
            using InceptionClassifierEstimator classifier = ml.MulticlassClassification.Trainers.InceptionClassifier(options);
            classifier.Fit(View(ml, paths));
        }
    }

    private static string[] Training { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(TrainedDemo.Images, "train"), "*.jpg", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).Where((_, i) => i % 4 == 0),
    ];

    private static string[] Test { get; } = [.. TrainedDemo.TestImages.Where((_, i) => i % 3 == 0)];

    private static string Label(string path) => Path.GetFileName(Path.GetDirectoryName(path)!);

    private static IDataView View(MLContext ml, string[] paths) => ml.Data.LoadFromEnumerable(paths.Select(Row.Load).ToArray());

    private static string[] SlotNames(DataViewSchema schema)
    {
        VBuffer<ReadOnlyMemory<char>> slots = default;
        schema["Score"].GetSlotNames(ref slots);
        return [.. slots.DenseValues().Select(name => name.ToString())];
    }

    // A Model.key names the class that loads a part, and its assembly.
    private static string Loaders(string zip)
    {
        using ZipArchive archive = ZipFile.OpenRead(zip);
        StringBuilder names = new();
        foreach (ZipArchiveEntry entry in archive.Entries.Where(entry => entry.Name == "Model.key"))
        {
            using StreamReader reader = new(entry.Open(), Encoding.Latin1);
            names.Append(reader.ReadToEnd());
        }

        Assert.Contains("Microsoft.ML.OnnxTransformer", names.ToString().Replace("\0", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);
        return names.ToString().Replace("\0", string.Empty, StringComparison.Ordinal);
    }

    private sealed class Sink<T>(Action<T> report) : IProgress<T>
    {
        public void Report(T value) => report(value);
    }

    private sealed class Name
    {
        public string Label { get; set; } = string.Empty;
    }

    private sealed class Row
    {
        [ImageType(1, 1)]
        public MLImage? Image { get; set; }

        public string Label { get; set; } = string.Empty;

        public float Number { get; set; }

        public static Row Load(string path) => new() { Image = MLImage.CreateFromFile(path), Label = InceptionClassifierTests.Label(path) };
    }
}
