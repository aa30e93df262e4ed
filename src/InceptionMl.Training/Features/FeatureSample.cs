using System.Numerics.Tensors;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Training.Features;

/// <summary>Some images of a run and their features, enough for a picture of how they lie.</summary>
/// <param name="Images">The images.</param>
/// <param name="Features">Their features, row by row.</param>
/// <param name="Of">The number of images they were taken from.</param>
internal sealed record FeatureSample(IReadOnlyList<ImageSample> Images, IReadOnlyList<float[]> Features, int Of)
{
    private const int Most = 500;
    private const int Rounds = 60;

    /// <summary>Projects the features onto the two directions along which they differ most (principal components), each feature in units of its deviation.</summary>
    /// <returns>A place for each image, from 0 to 1 both ways, and the share of all variance that the two directions hold.</returns>
    public (IReadOnlyList<(double X, double Y)> Places, double Share) Project()
    {
        float[][] rows = Standardized();
        double total = rows.Sum(row => (double)TensorPrimitives.SumOfSquares(row));
        float[] first = Direction(rows, besides: null);
        float[] second = Direction(rows, first);
        double[] across = [.. rows.Select(row => (double)TensorPrimitives.Dot(row, first))];
        double[] up = [.. rows.Select(row => (double)TensorPrimitives.Dot(row, second))];
        double share = total > 0 ? (across.Sum(value => value * value) + up.Sum(value => value * value)) / total : 0;
        return ([.. Scale(across).Zip(Scale(up))], share);
    }

    private float[][] Standardized()
    {
        int width = Features[0].Length;
        double[] mean = new double[width];
        double[] square = new double[width];
        foreach (float[] row in Features)
        {
            for (int i = 0; i < width; i++)
            {
                mean[i] += row[i];
                square[i] += (double)row[i] * row[i];
            }
        }

        int count = Features.Count;
        double[] deviation = [.. mean.Select((sum, i) => Math.Sqrt(Math.Max(0, (square[i] / count) - (sum / count * (sum / count)))))];
        return [.. Features.Select(row => (float[])[.. row.Select((value, i) => deviation[i] > 1e-6 ? (float)((value - (mean[i] / count)) / deviation[i]) : 0)])];
    }

    // Power iteration, at a right angle to another direction.
    private static float[] Direction(float[][] rows, float[]? besides)
    {
        int width = rows[0].Length;
        float[] direction = [.. Enumerable.Range(0, width).Select(i => 1f + (i % 7))];
        for (int round = 0; round < Rounds; round++)
        {
            float[] next = new float[width];
            foreach (float[] row in rows)
            {
                TensorPrimitives.MultiplyAdd(row, TensorPrimitives.Dot(row, direction), next, next);
            }

            if (besides is not null)
            {
                TensorPrimitives.MultiplyAdd(besides, -TensorPrimitives.Dot(next, besides), next, next);
            }

            float length = TensorPrimitives.Norm(next);
            if (length == 0)
            {
                return next;
            }

            TensorPrimitives.Divide(next, length, direction);
        }

        return direction;
    }

    /// <summary>Takes images by their content, so that which ones does not depend on names.</summary>
    internal sealed class Builder
    {
        private readonly PriorityQueue<(ImageSample Image, float[] Features, int Place), (ulong, int)> taken = new(
            Comparer<(ulong, int)>.Create((one, other) => other.CompareTo(one)));

        private int count;

        /// <param name="image">The image.</param>
        /// <param name="draw">A number from its content.</param>
        /// <param name="features">Its features.</param>
        public void Add(ImageSample image, ulong draw, ReadOnlySpan<float> features)
        {
            (ulong, int) order = (draw, count++);
            if (taken.Count < Most || (taken.TryPeek(out _, out (ulong, int) last) && order.CompareTo(last) < 0))
            {
                taken.Enqueue((image, features.ToArray(), order.Item2), order);
            }

            if (taken.Count > Most)
            {
                taken.Dequeue();
            }
        }

        public FeatureSample ToSample()
        {
            var images = taken.UnorderedItems.Select(of => of.Element).OrderBy(of => of.Place).ToArray();
            return new FeatureSample([.. images.Select(of => of.Image)], [.. images.Select(of => of.Features)], count);
        }
    }

    private static IEnumerable<double> Scale(double[] values)
    {
        double least = values.Min();
        double range = values.Max() - least;
        return values.Select(value => range > 0 ? (value - least) / range : 0.5);
    }
}
