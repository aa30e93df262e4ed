using InceptionMl.Internal;
using InceptionMl.Models;

namespace InceptionMl.Backbones.Importing;

/// <summary>What a network computed for one image: the shape, batch first, and the values.</summary>
internal sealed record TrialOutput(Subject Subject, long[] Shape, float[] Values)
{
    private const double MeanTolerance = 1e-3;

    /// <summary>Gets a value that indicates whether it has more than one position.</summary>
    public bool IsMap => Shape is [1, _, > 1, _] or [1, _, _, > 1];

    /// <summary>The values of a vector, behind which dimensions of 1 may stand.</summary>
    /// <exception cref="BackboneException">It is no vector of a usable length.</exception>
    public int Vector(string tensor) => Shape is [1, >= 1 and <= BackboneCard.MaxFeatureWidth, ..] && Shape.AsSpan(2).IndexOfAnyExcept(1) < 0
        ? (int)Shape[1]
        : throw BackboneException.Create(
            Subject,
            $"computes '{tensor}' as {string.Join(" x ", Shape)}, where a vector for each image is needed: name another tensor for the features");

    /// <summary>Determines whether a vector holds this map's means over its positions, as a map of heat relies on.</summary>
    public bool HasMean(TrialOutput vector)
    {
        if (!IsMap || Shape[1] != vector.Values.Length)
        {
            return false;
        }

        int positions = Values.Length / vector.Values.Length;
        double scale = vector.Values.Max(value => Math.Abs((double)value));
        for (int channel = 0; channel < vector.Values.Length; channel++)
        {
            double sum = 0;
            foreach (float value in Values.AsSpan(channel * positions, positions))
            {
                sum += value;
            }

            if (Math.Abs((sum / positions) - vector.Values[channel]) > MeanTolerance * scale)
            {
                return false;
            }
        }

        return true;
    }
}
