using System.Numerics.Tensors;

namespace InceptionMl.Training;

/// <summary>
/// Weighted mean negative log likelihood of a softmax over linear logits, plus L2 / 2 |W|^2 (the bias is free). Each row is read
/// from memory once per evaluation: logits, softmax and gradient are done block by block. Slices of rows are fixed by the number of
/// rows alone and summed in order in double, so the bits do not depend on the number of threads.
/// </summary>
internal sealed class SoftmaxObjective : IDifferentiable
{
    private const int Slices = 16;

    // Where weights and gradients exceed the caches, each part of them is taken through several blocks of rows before the next.
    private const int ClassesAtOnce = 32;
    private const int FloatsAtOnce = 1 << 17;

    private readonly StandardizedRows rows;
    private readonly int[] labels;
    private float[] sampleWeights = [];
    private double totalWeight;
    private readonly int paddedClasses;
    private readonly int blocksPerSlice;
    private readonly float[] weights;
    private readonly float[] bias;
    private readonly float[][] gradients;
    private readonly double[][] biasGradients;
    private readonly double[] losses;
    private readonly ParallelOptions parallel;
    private readonly LongVectors vectors;

    /// <param name="rows">The standardized rows.</param>
    /// <param name="labels">One class per row.</param>
    /// <param name="sampleWeights">One weight per row; at least one above zero.</param>
    /// <param name="classes">Classes; at least 1.</param>
    /// <param name="threads">Worker threads.</param>
    /// <param name="cancellationToken">Checked between slices.</param>
    public SoftmaxObjective(StandardizedRows rows, int[] labels, float[] sampleWeights, int classes, int threads, CancellationToken cancellationToken)
    {
        this.rows = rows;
        this.labels = labels;
        Classes = classes;
        Weigh(sampleWeights);
        paddedClasses = (classes + 1) / 2 * 2;
        blocksPerSlice = Math.Max(2, (rows.Blocks + Slices - 1) / Slices);
        int slices = (rows.Blocks + blocksPerSlice - 1) / blocksPerSlice;
        weights = new float[paddedClasses * rows.Stride];
        bias = new float[classes];
        gradients = new float[slices][];
        biasGradients = new double[slices][];
        for (int s = 0; s < slices; s++)
        {
            gradients[s] = new float[weights.Length];
            biasGradients[s] = new double[classes];
        }

        losses = new double[slices];
        parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        vectors = new LongVectors(parallel);
    }

    public int Classes { get; }

    /// <summary>Gets the number of classes x stride weights, then one bias per class.</summary>
    public int Parameters => (Classes * rows.Stride) + Classes;

    /// <summary>Gets or sets the strength of the L2 penalty; at least 0.</summary>
    public double L2 { get; set; }

    /// <summary>Gives each row another weight.</summary>
    public void Weigh(float[] weights)
    {
        sampleWeights = weights;
        totalWeight = 0;
        foreach (float weight in weights)
        {
            totalWeight += weight;
        }
    }

    public double Evaluate(double[] point, double[] gradient)
    {
        int weightCount = Classes * rows.Stride;
        vectors.InPieces(weightCount, (from, count) => TensorPrimitives.ConvertTruncating(point.AsSpan(from, count), weights.AsSpan(from, count)));
        TensorPrimitives.ConvertTruncating(point.AsSpan(weightCount), bias.AsSpan());
        Parallel.For(0, gradients.Length, parallel, EvaluateSlice);
        vectors.InPieces(weightCount, (from, count) =>
        {
            Span<double> part = gradient.AsSpan(from, count);
            SumSlices(from, part);
            TensorPrimitives.Divide(part, totalWeight, part);
            TensorPrimitives.MultiplyAdd(point.AsSpan(from, count), L2, part, part);
        });
        Span<double> biasGradient = gradient.AsSpan(weightCount);
        biasGradient.Clear();
        double loss = 0;
        for (int s = 0; s < gradients.Length; s++)
        {
            loss += losses[s];
            TensorPrimitives.Add(biasGradient, biasGradients[s], biasGradient);
        }

        TensorPrimitives.Divide(biasGradient, totalWeight, biasGradient);
        double squares = vectors.Sum(weightCount, (from, count) => TensorPrimitives.SumOfSquares<double>(point.AsSpan(from, count)));
        return (loss / totalWeight) + (L2 / 2 * squares);
    }

    /// <summary>Adds the slices' gradients up in their order, piece by piece so that a sum stays in the cache.</summary>
    private void SumSlices(int start, Span<double> sum)
    {
        const int Piece = 1024;
        Span<double> widened = stackalloc double[Piece];
        for (int at = 0; at < sum.Length; at += Piece)
        {
            Span<double> to = sum.Slice(at, Math.Min(Piece, sum.Length - at));
            Span<double> from = widened[..to.Length];
            to.Clear();
            foreach (float[] part in gradients)
            {
                TensorPrimitives.ConvertTruncating(part.AsSpan(start + at, to.Length), from);
                TensorPrimitives.Add(to, from, to);
            }
        }
    }

    private void EvaluateSlice(int slice)
    {
        Array.Clear(gradients[slice]);
        Array.Clear(biasGradients[slice]);
        int last = Math.Min(rows.Blocks, (slice + 1) * blocksPerSlice);
        int together = Math.Clamp(FloatsAtOnce / (StandardizedRows.BlockRows * rows.Stride), 1, blocksPerSlice);
        float[][] logits = [.. Enumerable.Range(0, together).Select(_ => new float[StandardizedRows.BlockRows * paddedClasses])];
        double loss = 0;
        for (int start = slice * blocksPerSlice; start < last; start += together)
        {
            int end = Math.Min(last, start + together);
            for (int c = 0; c < paddedClasses; c += ClassesAtOnce)
            {
                for (int b = start; b < end; b++)
                {
                    RowBlockProduct.Logits(rows.Block(b), rows.PaddedRowsIn(b), rows.Stride, weights, paddedClasses, logits[b - start], c, ClassesAtOnce);
                }
            }

            for (int b = start; b < end; b++)
            {
                loss += SoftmaxResiduals(b, logits[b - start], biasGradients[slice]);
            }

            for (int c = 0; c < paddedClasses; c += ClassesAtOnce)
            {
                for (int b = start; b < end; b++)
                {
                    RowBlockProduct.AddGradient(rows.Block(b), rows.PaddedRowsIn(b), rows.Stride, logits[b - start], paddedClasses, gradients[slice], c, ClassesAtOnce);
                }
            }
        }

        losses[slice] = loss;
    }

    /// <summary>Turns the logits of a block into weight * (probability - target) and returns the block's loss.</summary>
    private double SoftmaxResiduals(int block, Span<float> logits, double[] biasGradient)
    {
        double loss = 0;
        int count = rows.RowsIn(block);
        for (int r = 0; r < count; r++)
        {
            int row = (block * StandardizedRows.BlockRows) + r;
            Span<float> z = logits.Slice(r * paddedClasses, Classes);
            TensorPrimitives.Add(z, bias, z);
            float highest = TensorPrimitives.Max(z);
            TensorPrimitives.Subtract(z, highest, z);
            float target = z[labels[row]];
            TensorPrimitives.Exp(z, z);
            float sum = TensorPrimitives.Sum(z);
            float weight = sampleWeights[row];
            loss += weight * (Math.Log(sum) - target);
            TensorPrimitives.Multiply(z, weight / sum, z);
            z[labels[row]] -= weight;
            for (int c = 0; c < z.Length; c++)
            {
                biasGradient[c] += z[c];
            }

            logits.Slice((r * paddedClasses) + Classes, paddedClasses - Classes).Clear();
        }

        logits[(count * paddedClasses)..].Clear();
        return loss;
    }
}
