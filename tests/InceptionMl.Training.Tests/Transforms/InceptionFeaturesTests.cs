using InceptionMl.TestSupport;
using InceptionMl.Training.Transforms;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using Microsoft.ML.Transforms.Image;

namespace InceptionMl.Training.Tests.Transforms;

public sealed class InceptionFeaturesTests
{
    // The embedded backbone's.
    private const int Side = 128;

    [Fact]
    [Trait("Category", "Slow")]
    public void Any_trainer_fits_on_the_features_and_plain_ml_net_loads_what_was_saved()
    {
        using TemporaryFolder folder = new();
        string zip = folder.At("mine.zip");
        Picture[] pictures = [.. TrainedDemo.TestImages.Where((_, i) => i % 3 == 0).Select(Picture.Load)];
        float[][] expected;

        MLContext ml = new(seed: 1);
        using (InceptionFeaturesEstimator features = ml.Transforms.InceptionFeatures("Features", nameof(Picture.Image)))
        {
            IDataView view = ml.Data.LoadFromEnumerable(pictures);
            TransformerChain<KeyToValueMappingTransformer> model = ml.Transforms.Conversion.MapValueToKey("LabelKey", nameof(Picture.Label))
                .Append(features)
                .AppendCacheCheckpoint(ml)
                .Append(ml.Transforms.NormalizeMeanVariance("Features", fixZero: false))
                .Append(ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(
                    new() { LabelColumnName = "LabelKey", NumberOfThreads = 1, L2Regularization = 1e-3f, MaximumNumberOfIterations = 100 }))
                .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
                .Fit(view);
            IDataView scored = model.Transform(view);
            expected = [.. scored.GetColumn<float[]>("Score")];
            string[] predicted = [.. scored.GetColumn<string>("PredictedLabel")];
            Assert.InRange(predicted.Zip(pictures).Count(p => p.First == p.Second.Label), 0.9 * pictures.Length, pictures.Length);
            Assert.Equal(1576, ((VectorDataViewType)scored.Schema["Features"].Type).Size);
            Assert.DoesNotContain(scored.Schema, column => column.Name.StartsWith("Features_", StringComparison.Ordinal) && !column.IsHidden);
            ml.Model.Save(model, Picture.Schema(ml), zip);
        }

        MLContext plain = new();
        ITransformer loaded = plain.Model.Load(zip, out _);
        float[][] again = [.. loaded.Transform(plain.Data.LoadFromEnumerable(pictures)).GetColumn<float[]>("Score")];

        Assert.Equal(expected.Length, again.Length);
        Assert.All(expected.Zip(again), pair => Assert.Equal(pair.First, pair.Second));
    }

    [Fact]
    public void Columns_may_have_the_names_that_the_network_uses_inside()
    {
        MLContext ml = new();
        Picture[] pictures = [Picture.Load(TrainedDemo.TestImages[0])];
        using InceptionFeaturesEstimator plain = ml.Transforms.InceptionFeatures("Vector", nameof(Picture.Image));
        using InceptionFeaturesEstimator features = ml.Transforms.InceptionFeatures("features", nameof(Picture.Image));
        using InceptionFeaturesEstimator image = ml.Transforms.InceptionFeatures("image", nameof(Picture.Image));

        IDataView view = ml.Data.LoadFromEnumerable(pictures);
        float[] expected = plain.Fit(view).Transform(view).GetColumn<float[]>("Vector").Single();

        Assert.Equal(expected, features.Fit(view).Transform(view).GetColumn<float[]>("features").Single());
        Assert.Equal(expected, image.Fit(view).Transform(view).GetColumn<float[]>("image").Single());
        Assert.Contains(expected, value => value != 0);
    }

    [Fact]
    public void Images_of_the_networks_own_size_stay_the_callers()
    {
        MLContext ml = new();
        Picture[] pictures = OwnSize();
        using InceptionFeaturesEstimator features = ml.Transforms.InceptionFeatures("Features", nameof(Picture.Image));
        IDataView view = ml.Data.LoadFromEnumerable(pictures);
        ITransformer model = features.Fit(view);

        float[][] first = [.. model.Transform(view).GetColumn<float[]>("Features")];
        float[][] second = [.. model.Transform(view).GetColumn<float[]>("Features")];
        float[][] one = Predicted<Picture>(ml, model, pictures);
        float[][] declared = Predicted<SizedPicture>(ml, model, pictures.Select(p => new SizedPicture { Image = p.Image }));

        Assert.Equal(pictures.Length, first.Distinct(new Values()).Count());
        Assert.Equal(first, second);
        Assert.Equal(first, one);
        Assert.Equal(first, declared);
        Assert.All(pictures, picture => Assert.Equal(Side, picture.Image!.Width));
    }

    // ML.NET's own trap, on record so that its end is seen: then what the documentation says of it can go.
    [Fact]
    public void Plain_ml_net_disposes_an_image_of_the_networks_own_size_at_the_next_prediction()
    {
        using TemporaryFolder folder = new();
        MLContext ml = new();
        Picture[] pictures = OwnSize();
        float[][] expected = SavedFeatures(ml, pictures, folder.At("features.zip"));
        MLContext plain = new();
        ITransformer loaded = plain.Model.Load(folder.At("features.zip"), out _);

        Assert.Equal(expected, Predicted<Picture>(plain, loaded, OwnSize()));
        Predicted<Picture>(plain, loaded, pictures);

        Assert.Throws<InvalidOperationException>(() => pictures[0].Image!.Width);
    }

    [Fact]
    public void An_image_of_another_size_stays_the_callers_in_plain_ml_net_too()
    {
        using TemporaryFolder folder = new();
        MLContext ml = new();
        Picture[] pictures = [.. TrainedDemo.TestImages.Take(3).Select(Picture.Load)];
        float[][] expected = SavedFeatures(ml, pictures, folder.At("features.zip"));
        MLContext plain = new();
        ITransformer loaded = plain.Model.Load(folder.At("features.zip"), out _);

        Assert.Equal(expected, Predicted<Picture>(plain, loaded, pictures));
        Assert.Equal(expected, Predicted<Picture>(plain, loaded, pictures));
    }

    [Fact]
    public void Columns_that_the_caller_has_stay_whatever_they_are_called()
    {
        MLContext ml = new();
        Named[] rows = [.. TrainedDemo.TestImages.Take(2).Select((path, i) => new Named
        {
            Image = MLImage.CreateFromFile(path),
            Pixels = i + 1,
            Prepared = $"row {i}",
            Next = i + 7,
        })];
        using InceptionFeaturesEstimator features = ml.Transforms.InceptionFeatures("Features", nameof(Named.Image));
        IDataView view = ml.Data.LoadFromEnumerable(rows);
        IDataView transformed = features.Append(ml.Transforms.CopyColumns("Copy", "Features_pixels")).Fit(view).Transform(view);

        Assert.Equal(
            ["Image", "Features_pixels", "Features_prepared", "Features_pixels_1", "Features", "Copy"],
            transformed.Schema.Where(column => !column.IsHidden).Select(column => column.Name));
        Assert.Equal([1, 2], transformed.GetColumn<float>("Features_pixels"));
        Assert.Equal([1, 2], transformed.GetColumn<float>("Copy"));
        Assert.Equal(["row 0", "row 1"], transformed.GetColumn<string>("Features_prepared"));
        Assert.Equal([7, 8], transformed.GetColumn<float>("Features_pixels_1"));
        Assert.All(transformed.GetColumn<float[]>("Features"), row => Assert.Contains(row, value => value != 0));
    }

    [Fact]
    public void What_is_disposed_says_so_when_it_is_fitted_or_saved_and_what_was_fitted_still_transforms()
    {
        using TemporaryFolder folder = new();
        MLContext ml = new();
        IDataView view = ml.Data.LoadFromEnumerable(new[] { Picture.Load(TrainedDemo.TestImages[0]) });
        InceptionFeaturesEstimator features = ml.Transforms.InceptionFeatures("Features", nameof(Picture.Image));
        ITransformer model = features.Fit(view);
        features.Dispose();
        features.Dispose();

        ObjectDisposedException fitted = Assert.Throws<ObjectDisposedException>(() => features.Fit(view));
        Assert.Throws<ObjectDisposedException>(() => features.GetOutputSchema(new SchemaShape([])));
        Assert.Throws<ObjectDisposedException>(() => ml.Model.Save(model, Picture.Schema(ml), folder.At("late.zip")));
        Assert.Contains("after the last Fit and the last Save", fitted.Message, StringComparison.Ordinal);
        Assert.Equal(1576, Assert.Single(model.Transform(view).GetColumn<float[]>("Features")).Length);
    }

    // Several colors, so that a picture taken for another would be seen.
    private static Picture[] OwnSize() => [.. Enumerable.Range(0, 4).Select(n =>
    {
        byte[] bgra = new byte[Side * Side * 4];
        for (int i = 0; i < bgra.Length; i++)
        {
            bgra[i] = i % 4 == 3 ? byte.MaxValue : (byte)(i * (n + 1) / 64);
        }

        return new Picture { Image = MLImage.CreateFromPixels(Side, Side, MLPixelFormat.Bgra32, bgra) };
    })];

    private static float[][] SavedFeatures(MLContext ml, Picture[] pictures, string zip)
    {
        using InceptionFeaturesEstimator features = ml.Transforms.InceptionFeatures("Features", nameof(Picture.Image));
        IDataView view = ml.Data.LoadFromEnumerable(pictures);
        ITransformer model = features.Fit(view);
        ml.Model.Save(model, Picture.Schema(ml), zip);
        return [.. model.Transform(view).GetColumn<float[]>("Features")];
    }

    private static float[][] Predicted<T>(MLContext ml, ITransformer model, IEnumerable<T> pictures)
        where T : class
    {
        using PredictionEngine<T, Answer> engine = ml.Model.CreatePredictionEngine<T, Answer>(model, new PredictionEngineOptions { OwnsTransformer = false });
        return [.. pictures.Select(picture => engine.Predict(picture).Features)];
    }

    private sealed class Answer
    {
        public float[] Features { get; set; } = [];
    }

    private sealed class SizedPicture
    {
        [ImageType(Side, Side)]
        public MLImage? Image { get; set; }
    }

    private sealed class Named
    {
        [ImageType(1, 1)]
        public MLImage? Image { get; set; }

        [ColumnName("Features_pixels")]
        public float Pixels { get; set; }

        [ColumnName("Features_prepared")]
        public string Prepared { get; set; } = string.Empty;

        [ColumnName("Features_pixels_1")]
        public float Next { get; set; }
    }

    private sealed class Values : IEqualityComparer<float[]>
    {
        public bool Equals(float[]? x, float[]? y) => x!.SequenceEqual(y!);

        public int GetHashCode(float[] obj) => obj.Length;
    }

    private sealed class Picture
    {
        [ImageType(1, 1)]
        public MLImage? Image { get; set; }

        public string Label { get; set; } = string.Empty;

        public static Picture Load(string path) => new()
        {
            Image = MLImage.CreateFromFile(path),
            Label = Path.GetFileName(Path.GetDirectoryName(path)!),
        };

        // A zip's schema cannot hold an image column alone; an empty view of both is what Save takes.
        public static DataViewSchema Schema(MLContext ml) => ml.Data.LoadFromEnumerable(Array.Empty<Picture>()).Schema;
    }
}
