using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace InceptionMl.Training;

/// <summary>
/// The two matrix products of one block of rows: logits = X W^T and gradient += D^T X. Rows come in fours, classes in twos, and
/// the stride in <see cref="StandardizedRows.Padding"/>, so that no tile has a ragged edge.
/// </summary>
internal static class RowBlockProduct
{
    public static void Logits(ReadOnlySpan<float> x, int rows, int stride, ReadOnlySpan<float> weights, int classes, Span<float> logits)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Logits<WideLanes>(x, rows, stride, weights, classes, logits);
        }
        else
        {
            Logits<NativeLanes>(x, rows, stride, weights, classes, logits);
        }
    }

    public static void AddGradient(ReadOnlySpan<float> x, int rows, int stride, ReadOnlySpan<float> residuals, int classes, Span<float> gradient)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            AddGradient<WideLanes>(x, rows, stride, residuals, classes, gradient);
        }
        else
        {
            AddGradient<NativeLanes>(x, rows, stride, residuals, classes, gradient);
        }
    }

    internal static void Logits<T>(ReadOnlySpan<float> x, int rows, int stride, ReadOnlySpan<float> weights, int classes, Span<float> logits)
        where T : struct, ILanes<T>
    {
        for (int c = 0; c < classes; c += 2)
        {
            for (int r = 0; r < rows; r += 4)
            {
                DotPair<T>(x[(r * stride)..], weights[(c * stride)..], stride, logits[((r * classes) + c)..], classes);
            }
        }
    }

    internal static void AddGradient<T>(ReadOnlySpan<float> x, int rows, int stride, ReadOnlySpan<float> residuals, int classes, Span<float> gradient)
        where T : struct, ILanes<T>
    {
        for (int c = 0; c < classes; c += 2)
        {
            for (int f = 0; f < stride; f += 4 * T.Count)
            {
                OuterPair<T>(x[f..], rows, stride, residuals[c..], classes, gradient[(c * stride + f)..]);
            }
        }
    }

    /// <summary>4 rows x 2 classes: eight dot products at once.</summary>
    private static void DotPair<T>(ReadOnlySpan<float> x, ReadOnlySpan<float> w, int stride, Span<float> logits, int classes)
        where T : struct, ILanes<T>
    {
        ref float x0 = ref MemoryMarshal.GetReference(x);
        ref float w0 = ref MemoryMarshal.GetReference(w);
        nuint s = (nuint)stride;
        T a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
        for (nuint f = 0; f < s; f += (nuint)T.Count)
        {
            T wa = T.Load(ref w0, f), wb = T.Load(ref w0, s + f);
            T v = T.Load(ref x0, f);
            a0 = T.MultiplyAdd(v, wa, a0);
            b0 = T.MultiplyAdd(v, wb, b0);
            v = T.Load(ref x0, s + f);
            a1 = T.MultiplyAdd(v, wa, a1);
            b1 = T.MultiplyAdd(v, wb, b1);
            v = T.Load(ref x0, (2 * s) + f);
            a2 = T.MultiplyAdd(v, wa, a2);
            b2 = T.MultiplyAdd(v, wb, b2);
            v = T.Load(ref x0, (3 * s) + f);
            a3 = T.MultiplyAdd(v, wa, a3);
            b3 = T.MultiplyAdd(v, wb, b3);
        }

        (logits[0], logits[1]) = (T.Sum(a0), T.Sum(b0));
        (logits[classes], logits[classes + 1]) = (T.Sum(a1), T.Sum(b1));
        (logits[2 * classes], logits[(2 * classes) + 1]) = (T.Sum(a2), T.Sum(b2));
        (logits[3 * classes], logits[(3 * classes) + 1]) = (T.Sum(a3), T.Sum(b3));
    }

    /// <summary>2 classes x 4 registers of features, summed over the rows of the block.</summary>
    private static void OuterPair<T>(ReadOnlySpan<float> x, int rows, int stride, ReadOnlySpan<float> residuals, int classes, Span<float> gradient)
        where T : struct, ILanes<T>
    {
        ref float x0 = ref MemoryMarshal.GetReference(x);
        ref float g0 = ref MemoryMarshal.GetReference(gradient);
        nuint n = (nuint)T.Count;
        T a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
        for (int r = 0; r < rows; r++)
        {
            nuint at = (nuint)(r * stride);
            T da = T.Broadcast(residuals[r * classes]), db = T.Broadcast(residuals[(r * classes) + 1]);
            T v = T.Load(ref x0, at);
            a0 = T.MultiplyAdd(v, da, a0);
            b0 = T.MultiplyAdd(v, db, b0);
            v = T.Load(ref x0, at + n);
            a1 = T.MultiplyAdd(v, da, a1);
            b1 = T.MultiplyAdd(v, db, b1);
            v = T.Load(ref x0, at + (2 * n));
            a2 = T.MultiplyAdd(v, da, a2);
            b2 = T.MultiplyAdd(v, db, b2);
            v = T.Load(ref x0, at + (3 * n));
            a3 = T.MultiplyAdd(v, da, a3);
            b3 = T.MultiplyAdd(v, db, b3);
        }

        nuint second = (nuint)stride;
        T.AddTo(a0, ref g0, 0);
        T.AddTo(a1, ref g0, n);
        T.AddTo(a2, ref g0, 2 * n);
        T.AddTo(a3, ref g0, 3 * n);
        T.AddTo(b0, ref g0, second);
        T.AddTo(b1, ref g0, second + n);
        T.AddTo(b2, ref g0, second + (2 * n));
        T.AddTo(b3, ref g0, second + (3 * n));
    }
}
