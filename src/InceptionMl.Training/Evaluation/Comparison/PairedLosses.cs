namespace InceptionMl.Training.Evaluation.Comparison;

/// <summary>The losses of two classifiers on the same images in the same order.</summary>
internal static class PairedLosses
{
    /// <summary>Compares them image by image.</summary>
    /// <returns>The mean of first - second, and its standard error, which is 0 of fewer than two images.</returns>
    public static (double Mean, double Error) Difference(IEnumerable<double> first, IEnumerable<double> second)
    {
        double[] differences = [.. first.Zip(second, (left, right) => left - right)];
        double mean = differences.Average();
        double squares = differences.Sum(difference => (difference - mean) * (difference - mean));
        return (mean, differences.Length < 2 ? 0 : Math.Sqrt(squares / (differences.Length - 1) / differences.Length));
    }
}
