using InceptionMl.Models.Internal;
using InceptionMl.TestSupport;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace InceptionMl.Training.Tests.Heads;

public sealed class StockHeadTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(100)]
    public void A_saved_head_scores_as_the_head_does(int classes)
    {
        const int width = 7;
        Random random = new(2);
        LinearHead head = new(
            width,
            [.. Enumerable.Range(0, classes * width).Select(_ => random.NextSingle() - 0.5f)],
            [.. Enumerable.Range(0, classes).Select(_ => random.NextSingle())]);
        string[] labels = [.. Enumerable.Range(0, classes).Select(c => $"Straße {c} 花")];
        using TemporaryFolder folder = new();
        Save(head, labels, folder.At("head.zip"));

        MLContext plain = new();
        ITransformer loaded = plain.Model.Load(folder.At("head.zip"), out _);
        using PredictionEngine<Input, Output> engine = plain.Model.CreatePredictionEngine<Input, Output>(loaded);
        for (int i = 0; i < 20; i++)
        {
            float[] features = [.. Enumerable.Range(0, width).Select(_ => (random.NextSingle() - 0.5f) * 5)];
            float[] expected = new float[classes];
            head.Probabilities(features, expected);
            Output output = engine.Predict(new Input { Features = features });
            Assert.Equal(0, expected.Zip(output.Score, (e, a) => Math.Abs(e - a)).Max(), 1e-5);
            Assert.Equal(labels[Array.IndexOf(expected, expected.Max())], output.PredictedLabel);
        }

        VBuffer<ReadOnlyMemory<char>> slots = default;
        engine.OutputSchema["Score"].GetSlotNames(ref slots);
        Assert.Equal(labels, slots.DenseValues().Select(name => name.ToString()));
    }

    [Fact]
    public void Labels_and_features_must_fit_the_head()
    {
        MLContext ml = new();
        LinearHead head = new(3, new float[6], new float[2]);
        DataViewSchema schema = View(ml, 3).Schema;

        Assert.Throws<ArgumentException>(() => StockHead.Create(ml, head, ["a", "a"], schema));
        Assert.Throws<ArgumentException>(() => StockHead.Create(ml, head, ["a"], schema));
        Assert.Throws<ArgumentException>(() => StockHead.Create(ml, new LinearHead(3, new float[3], new float[1]), ["a"], schema));
        Assert.Throws<ArgumentException>(() => StockHead.Create(ml, head, ["a", "b"], View(ml, 4).Schema));
        Assert.Throws<ArgumentException>(() => StockHead.Create(ml, head, ["a", "b"], schema, "pixels"));
    }

    private static void Save(LinearHead head, string[] labels, string path)
    {
        MLContext ml = new();
        IDataView view = View(ml, head.Width);
        ml.Model.Save(StockHead.Create(ml, head, labels, view.Schema), view.Schema, path);
    }

    private static IDataView View(MLContext ml, int width)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Input));
        schema["features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, width);
        return ml.Data.LoadFromEnumerable<Input>([], schema);
    }

    private sealed class Input
    {
        [ColumnName("features")]
        [VectorType(7)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Output
    {
        public float[] Score { get; set; } = [];

        public string PredictedLabel { get; set; } = string.Empty;
    }
}
