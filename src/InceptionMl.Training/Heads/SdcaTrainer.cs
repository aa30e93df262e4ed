using InceptionMl.Models.Internal;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace InceptionMl.Training;

/// <summary>ML.NET's SdcaMaximumEntropy over standardized rows, on one thread, because on more it is not deterministic.</summary>
internal sealed class SdcaTrainer(HeadTrainingSet set, int classes, HeadOptions options, CancellationToken cancellationToken)
{
    /// <summary>Passes over the rows of a whole fit.</summary>
    public const int Iterations = 20;

    // About two seconds a fit.
    private const double AffordableProducts = 1e8;

    public static bool IsAffordable(HeadTrainingSet set, int classes)
        => classes > 1 && (double)set.Rows.Length * set.Features.Width * classes <= AffordableProducts;

    /// <summary>Fits on the standardized rows of a regression over the same set.</summary>
    /// <param name="regression">Has the rows.</param>
    /// <param name="l2">The strength.</param>
    /// <param name="include">The rows of the set to fit on; null for all.</param>
    /// <param name="iterations">Passes over the rows, at least 1; ML.NET ends none of them on the way.</param>
    public LinearHead Fit(LogisticRegression regression, double l2, Func<int, bool>? include = null, int iterations = Iterations)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (classes == 1)
        {
            return regression.Fold(new double[regression.Rows.Width], [0]);
        }

        MLContext ml = new(options.Settings.Seed);
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Example));
        schema[nameof(Example.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, regression.Rows.Width);
        schema[nameof(Example.Label)].ColumnType = new KeyDataViewType(typeof(uint), classes);
        IDataView view = ml.Data.LoadFromEnumerable(Examples(regression.Rows, include), schema);
        MaximumEntropyModelParameters model = ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(new SdcaMaximumEntropyMulticlassTrainer.Options
        {
            FeatureColumnName = nameof(Example.Features),
            LabelColumnName = nameof(Example.Label),
            ExampleWeightColumnName = set.Weights is null ? null : nameof(Example.Weight),
            L1Regularization = 0,
            L2Regularization = (float)l2,
            MaximumNumberOfIterations = iterations,
            NumberOfThreads = 1,
        }).Fit(view).Model;
        return Read(model, regression);
    }

    private LinearHead Read(MaximumEntropyModelParameters model, LogisticRegression regression)
    {
        VBuffer<float>[] weights = [];
        model.GetWeights(ref weights, out int count);
        double[] dense = new double[classes * regression.Rows.Width];
        for (int c = 0; c < count; c++)
        {
            foreach (KeyValuePair<int, float> item in weights[c].Items())
            {
                dense[(c * regression.Rows.Width) + item.Key] = item.Value;
            }
        }

        return regression.Fold(dense, [.. model.GetBiases().Select(bias => (double)bias)]);
    }

    private IEnumerable<Example> Examples(StandardizedRows rows, Func<int, bool>? include)
    {
        // SDCA divides by the number of rows, not by their weight: an L2 of the weighted mean loss needs weights of mean 1.
        float scale = set.Weights is null ? 1 : (float)(rows.Rows / set.AllWeights().Sum(weight => (double)weight));
        for (int i = 0; i < rows.Rows; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (include?.Invoke(i) == false)
            {
                continue;
            }

            // LoadFromEnumerable itself moves a key up to where ML.NET starts them, at 1.
            yield return new Example { Features = rows.Row(i).ToArray(), Label = (uint)set.Labels[i], Weight = set.WeightOf(i) * scale };
        }
    }

    private sealed class Example
    {
        public float[] Features { get; set; } = [];

        public uint Label { get; set; }

        public float Weight { get; set; }
    }
}
