using System.Numerics.Tensors;

namespace InceptionMl.Training;

/// <summary>
/// Sums and products of vectors. Long ones are taken in pieces by several threads; the pieces are fixed by the length alone and their sums are
/// added in order, so the bits do not depend on the number of threads.
/// </summary>
/// <param name="parallel">The number of threads, and how to stop them.</param>
internal sealed class LongVectors(ParallelOptions parallel)
{
    private const int Piece = 1 << 18;

    public double Dot(double[] left, double[] right) =>
        Sum(left.Length, (from, count) => TensorPrimitives.Dot<double>(left.AsSpan(from, count), right.AsSpan(from, count)));

    public double SumOfSquares(double[] vector) =>
        Sum(vector.Length, (from, count) => TensorPrimitives.SumOfSquares<double>(vector.AsSpan(from, count)));

    /// <summary>Writes left * factor + addend.</summary>
    public void MultiplyAdd(double[] left, double factor, double[] addend, double[] destination) => InPieces(
        left.Length,
        (from, count) => TensorPrimitives.MultiplyAdd(left.AsSpan(from, count), factor, addend.AsSpan(from, count), destination.AsSpan(from, count)));

    public void Subtract(double[] left, double[] right, double[] destination) => InPieces(
        left.Length,
        (from, count) => TensorPrimitives.Subtract<double>(left.AsSpan(from, count), right.AsSpan(from, count), destination.AsSpan(from, count)));

    /// <summary>Adds up what a function gives for each piece.</summary>
    public double Sum(int length, Func<int, int, double> sum)
    {
        double[] sums = new double[Math.Max(1, (length + Piece - 1) / Piece)];
        InPieces(length, (from, count) => sums[from / Piece] = sum(from, count));
        return sums.Sum();
    }

    /// <summary>Calls an action with the start and the length of each piece.</summary>
    public void InPieces(int length, Action<int, int> action)
    {
        if (length <= Piece)
        {
            action(0, length);
            return;
        }

        Parallel.For(0, (length + Piece - 1) / Piece, parallel, piece => action(piece * Piece, Math.Min(Piece, length - (piece * Piece))));
    }
}
