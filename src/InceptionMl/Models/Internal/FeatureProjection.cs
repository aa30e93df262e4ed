using System.Numerics.Tensors;
using InceptionMl.Internal;

namespace InceptionMl.Models.Internal;

/// <summary>
/// A fixed map of feature vectors to at most <see cref="MostValues"/> values of length 1, which keeps the cosines between them: vectors that are short
/// enough as they are, longer ones by a sparse random projection (Kane and Nelson, "Sparser Johnson-Lindenstrauss transforms", 2014) whose signs and
/// places depend on nothing but the width.
/// </summary>
public sealed class FeatureProjection
{
    /// <summary>The most values of a projected vector.</summary>
    public const int MostValues = 512;

    private const ulong Seed = 16;
    private const int Blocks = 4;
    private const int BlockValues = MostValues / Blocks;

    // The place of each feature in each block; negative, less one, where it is subtracted.
    private readonly int[]? places;

    /// <summary>Creates the map for vectors of a width.</summary>
    /// <param name="width">Values per feature vector; at least 1.</param>
    public FeatureProjection(int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        Width = width;
        if (width <= MostValues)
        {
            return;
        }

        SplitMix64 random = new(Seed);
        places = new int[width * Blocks];
        for (int i = 0; i < places.Length; i++)
        {
            ulong bits = random.Next();
            int place = (i % Blocks * BlockValues) + (int)((bits >> 1) % BlockValues);
            places[i] = (bits & 1) == 0 ? place : -1 - place;
        }
    }

    /// <summary>Gets the number of values of a feature vector.</summary>
    public int Width { get; }

    /// <summary>Gets the number of values of a projected vector.</summary>
    public int Values => places is null ? Width : MostValues;

    /// <summary>Projects a feature vector; zeros stay zeros.</summary>
    /// <param name="features"><see cref="Width"/> values.</param>
    public float[] Project(ReadOnlySpan<float> features)
    {
        if (features.Length != Width)
        {
            throw new ArgumentException($"A feature vector has {Width} values; this one has {features.Length}.", nameof(features));
        }

        float[] projected = places is null ? features.ToArray() : new float[MostValues];
        for (int i = 0; i < places?.Length; i++)
        {
            float value = features[i / Blocks];
            if (places[i] < 0)
            {
                projected[-1 - places[i]] -= value;
            }
            else
            {
                projected[places[i]] += value;
            }
        }

        Normalize(projected);
        return projected;
    }

    internal static void Normalize(Span<float> vector)
    {
        float length = TensorPrimitives.Norm(vector);
        if (length > 0 && float.IsFinite(length))
        {
            TensorPrimitives.Divide(vector, length, vector);
        }
    }
}
