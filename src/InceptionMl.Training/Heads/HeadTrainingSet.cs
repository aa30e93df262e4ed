using System.Numerics.Tensors;
using InceptionMl.Training.Features;

namespace InceptionMl.Training;

/// <summary>Some rows of a feature matrix with their classes.</summary>
/// <param name="Features">The feature vectors.</param>
/// <param name="Rows">The rows of <paramref name="Features"/> that belong to this set.</param>
/// <param name="Labels">The class of each of <paramref name="Rows"/>, from 0.</param>
/// <param name="Weights">The weight of each of <paramref name="Rows"/>, at least 0; null weighs all alike.</param>
internal sealed record HeadTrainingSet(FeatureMatrix Features, int[] Rows, int[] Labels, float[]? Weights = null)
{
    /// <summary>
    /// The group of each of <see cref="Rows"/>, at least 0: rows of one group, in both sets of a search, are never on both sides of a
    /// fold. Give it to copies of one image, or to pictures of one object.
    /// </summary>
    /// <value>The default is null: every row is a group of its own.</value>
    public int[]? Groups { get; init; }

    /// <summary>
    /// The weight of each of <see cref="Rows"/> where a head that was fitted without it is judged on it: 0 for the augmented copies of an image.
    /// </summary>
    /// <value>The default is null: as it weighs in the fit.</value>
    public float[]? JudgingWeights { get; init; }

    /// <summary>Gets the weight of one of <see cref="Rows"/> where a head is judged on it.</summary>
    /// <param name="index">From 0 to the number of rows - 1.</param>
    public float JudgingWeightOf(int index) => JudgingWeights is null ? WeightOf(index) : JudgingWeights[index];

    /// <summary>Gets the weight of one of <see cref="Rows"/>.</summary>
    /// <param name="index">From 0 to the number of rows - 1.</param>
    public float WeightOf(int index) => Weights is null ? 1 : Weights[index];

    /// <summary>This set's rows followed by another's; both must use the same matrix.</summary>
    /// <param name="other">The rows to append.</param>
    internal HeadTrainingSet With(HeadTrainingSet other) => new(
        Features,
        [.. Rows, .. other.Rows],
        [.. Labels, .. other.Labels],
        Weights is null && other.Weights is null ? null : [.. AllWeights(), .. other.AllWeights()])
    {
        Groups = Groups is null && other.Groups is null ? null : [.. AllGroups(-1), .. other.AllGroups(-1 - Rows.Length)],
        JudgingWeights = JudgingWeights is null && other.JudgingWeights is null
            ? null
            : [.. JudgingWeights ?? AllWeights(), .. other.JudgingWeights ?? other.AllWeights()],
    };

    /// <summary>One weight a row, ones where none were given.</summary>
    internal float[] AllWeights()
    {
        if (Weights is not null)
        {
            return Weights;
        }

        float[] ones = new float[Rows.Length];
        Array.Fill(ones, 1f);
        return ones;
    }

    internal void Check(int classes, string name)
    {
        if (Labels.Length != Rows.Length || (Weights is not null && Weights.Length != Rows.Length))
        {
            throw new ArgumentException($"{Rows.Length} rows need as many labels and weights; there are {Labels.Length} and {Weights?.Length ?? Rows.Length}.", name);
        }

        if (Groups is not null && (Groups.Length != Rows.Length || Groups.Any(group => group < 0)))
        {
            throw new ArgumentException($"{Rows.Length} rows need as many groups, each at least 0.", name);
        }

        if (JudgingWeights is not null && JudgingWeights.Length != Rows.Length)
        {
            throw new ArgumentException($"{Rows.Length} rows need as many judging weights, where there are any.", name);
        }

        for (int i = 0; i < Rows.Length; i++)
        {
            if ((uint)Labels[i] >= (uint)classes)
            {
                throw new ArgumentException($"Row {Rows[i]} has class {Labels[i]}; classes run from 0 to {classes - 1}.", name);
            }

            if (!(WeightOf(i) >= 0) || !float.IsFinite(WeightOf(i)))
            {
                throw new ArgumentException($"Row {Rows[i]} has weight {WeightOf(i)}; a weight is a finite number, at least 0.", name);
            }

            if (!(JudgingWeightOf(i) >= 0) || !float.IsFinite(JudgingWeightOf(i)))
            {
                throw new ArgumentException($"Row {Rows[i]} has judging weight {JudgingWeightOf(i)}; a weight is a finite number, at least 0.", name);
            }

            if (!AreFinite(Features.Row(Rows[i])))
            {
                throw new ArgumentException($"Row {Rows[i]} holds a feature that is not a finite number.", name);
            }
        }
    }

    // Groups of one row have numbers below 0, where no given group is.
    private int[] AllGroups(int first) => Groups ?? [.. Enumerable.Range(0, Rows.Length).Select(i => first - i)];

    // The largest magnitude is NaN where any value is.
    private static bool AreFinite(ReadOnlySpan<float> values) => float.IsFinite(TensorPrimitives.MaxMagnitude(values));
}
