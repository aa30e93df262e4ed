using InceptionMl.TestSupport;
using InceptionMl.Training.Transforms;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using Microsoft.ML.Transforms.Image;

namespace InceptionMl.Training.Tests.Transforms;

public sealed class InceptionFeaturesTests
{
    [Fact]
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
                .Append(ml.Transforms.NormalizeMeanVariance("Features"))
                .Append(ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(
                    new() { LabelColumnName = "LabelKey", NumberOfThreads = 1, L2Regularization = 1e-3f, MaximumNumberOfIterations = 100 }))
                .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
                .Fit(view);
            IDataView scored = model.Transform(view);
            expected = [.. scored.GetColumn<float[]>("Score")];
            string[] predicted = [.. scored.GetColumn<string>("PredictedLabel")];
            Assert.InRange(predicted.Zip(pictures).Count(p => p.First == p.Second.Label), 0.9 * pictures.Length, pictures.Length);
            Assert.Equal(576, ((VectorDataViewType)scored.Schema["Features"].Type).Size);
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
