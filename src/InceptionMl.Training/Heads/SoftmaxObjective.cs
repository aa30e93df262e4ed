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

    private readonly StandardizedRows rows;
    private readonly int[] labels;
    private readonly float[] sampleWeights;
    private readonly double totalWeight;
    private readonly int paddedClasses;
    private readonly int blocksPerSlice;
    private readonly float[] weights;
    private readonly float[] bias;
    private readonly float[][] gradients;
    private readonly double[][] biasGradients;
    private readonly double[] losses;
    private readonly ParallelOptions parallel;

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
        this.sampleWeights = sampleWeights;
        Classes = classes;
        foreach (float weight in sampleWeights)
        {
            totalWeight += weight;
        }

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
    }

    public int Classes { get; }

    /// <summary>Gets the number of classes x stride weights, then one bias per class.</summary>
    public int Parameters => (Classes * rows.Stride) + Classes;

    /// <summary>Gets or sets the strength of the L2 penalty; at least 0.</summary>
    public double L2 { get; set; }

    public double Evaluate(ReadOnlySpan<double> point, Span<double> gradient)
    {
        int weightCount = Classes * rows.Stride;
        TensorPrimitives.ConvertTruncating(point[..weightCount], weights.AsSpan(0, weightCount));
        TensorPrimitives.ConvertTruncating(point[weightCount..], bias.AsSpan());
        Parallel.For(0, gradients.Length, parallel, EvaluateSlice);
        SumSlices(gradient[..weightCount]);
        Span<double> biasGradient = gradient[weightCount..];
        biasGradient.Clear();
        double loss = 0;
        for (int s = 0; s < gradients.Length; s++)
        {
            loss += losses[s];
            TensorPrimitives.Add(biasGradient, biasGradients[s], biasGradient);
        }

        TensorPrimitives.Divide(gradient, totalWeight, gradient);
        ReadOnlySpan<double> w = point[..weightCount];
        TensorPrimitives.MultiplyAdd(w, L2, gradient[..weightCount], gradient[..weightCount]);
        return (loss / totalWeight) + (L2 / 2 * TensorPrimitives.SumOfSquares(w));
    }

    /// <summary>Adds the slices' gradients up in their order, piece by piece so that a sum stays in the cache.</summary>
    private void SumSlices(Span<double> sum)
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
                TensorPrimitives.ConvertTruncating(part.AsSpan(at, to.Length), from);
                TensorPrimitives.Add(to, from, to);
            }
        }
    }

    private void EvaluateSlice(int slice)
    {
        Array.Clear(gradients[slice]);
        Array.Clear(biasGradients[slice]);
        float[] logits = new float[StandardizedRows.BlockRows * paddedClasses];
        int last = Math.Min(rows.Blocks, (slice + 1) * blocksPerSlice);
        double loss = 0;
        for (int b = slice * blocksPerSlice; b < last; b++)
        {
            ReadOnlySpan<float> x = rows.Block(b);
            int padded = rows.PaddedRowsIn(b);
            RowBlockProduct.Logits(x, padded, rows.Stride, weights, paddedClasses, logits);
            loss += SoftmaxResiduals(b, logits, biasGradients[slice]);
            RowBlockProduct.AddGradient(x, padded, rows.Stride, logits, paddedClasses, gradients[slice]);
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
