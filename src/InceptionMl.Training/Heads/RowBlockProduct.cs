using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace InceptionMl.Training;

/// <summary>
/// The two matrix products of one block of rows: logits = X W^T and gradient += D^T X. Rows come in fours, classes in twos, and
/// the stride in <see cref="StandardizedRows.Padding"/>, so that no tile has a ragged edge. Where registers suffice, classes go in
/// fours first; each sum has the same order in either tile, so the bits are the same.
/// </summary>
internal static class RowBlockProduct
{
    /// <summary>Writes the logits of some classes.</summary>
    /// <param name="x">The rows.</param>
    /// <param name="rows">Their number.</param>
    /// <param name="stride">Values from one row to the next.</param>
    /// <param name="weights">Those of all classes.</param>
    /// <param name="classes">Classes in all.</param>
    /// <param name="logits">Those of all classes, row by row.</param>
    /// <param name="first">The first class; a multiple of 4.</param>
    /// <param name="count">Classes at most; a multiple of 4 where it is less than there are.</param>
    public static void Logits(ReadOnlySpan<float> x, int rows, int stride, ReadOnlySpan<float> weights, int classes, Span<float> logits, int first = 0, int count = int.MaxValue)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Logits<WideLanes>(x, rows, stride, weights, classes, logits, first, count);
        }
        else
        {
            Logits<NativeLanes>(x, rows, stride, weights, classes, logits, first, count);
        }
    }

    /// <summary>Adds to the gradient of some classes; the parameters are those of the logits.</summary>
    public static void AddGradient(ReadOnlySpan<float> x, int rows, int stride, ReadOnlySpan<float> residuals, int classes, Span<float> gradient, int first = 0, int count = int.MaxValue)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            AddGradient<WideLanes>(x, rows, stride, residuals, classes, gradient, first, count);
        }
        else
        {
            AddGradient<NativeLanes>(x, rows, stride, residuals, classes, gradient, first, count);
        }
    }

    internal static void Logits<T>(ReadOnlySpan<float> x, int rows, int stride, ReadOnlySpan<float> weights, int classes, Span<float> logits, int first = 0, int count = int.MaxValue)
        where T : struct, ILanes<T>
    {
        int c = first, end = Math.Min(classes - first, count) + first;
        for (; T.FitsFour && c + 4 <= end; c += 4)
        {
            for (int r = 0; r < rows; r += 4)
            {
                DotFour<T>(x[(r * stride)..], weights[(c * stride)..], stride, logits[((r * classes) + c)..], classes);
            }
        }

        for (; c < end; c += 2)
        {
            for (int r = 0; r < rows; r += 4)
            {
                DotPair<T>(x[(r * stride)..], weights[(c * stride)..], stride, logits[((r * classes) + c)..], classes);
            }
        }
    }

    internal static void AddGradient<T>(ReadOnlySpan<float> x, int rows, int stride, ReadOnlySpan<float> residuals, int classes, Span<float> gradient, int first = 0, int count = int.MaxValue)
        where T : struct, ILanes<T>
    {
        int c = first, end = Math.Min(classes - first, count) + first;
        for (; T.FitsFour && c + 4 <= end; c += 4)
        {
            for (int f = 0; f < stride; f += 4 * T.Count)
            {
                OuterFour<T>(x[f..], rows, stride, residuals[c..], classes, gradient[(c * stride + f)..]);
            }
        }

        for (; c < end; c += 2)
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

    /// <summary>4 rows x 4 classes: sixteen dot products at once.</summary>
    private static void DotFour<T>(ReadOnlySpan<float> x, ReadOnlySpan<float> w, int stride, Span<float> logits, int classes)
        where T : struct, ILanes<T>
    {
        ref float x0 = ref MemoryMarshal.GetReference(x);
        ref float w0 = ref MemoryMarshal.GetReference(w);
        nuint s = (nuint)stride;
        T a0 = default, a1 = default, a2 = default, a3 = default;
        T b0 = default, b1 = default, b2 = default, b3 = default;
        T c0 = default, c1 = default, c2 = default, c3 = default;
        T d0 = default, d1 = default, d2 = default, d3 = default;
        for (nuint f = 0; f < s; f += (nuint)T.Count)
        {
            T wa = T.Load(ref w0, f), wb = T.Load(ref w0, s + f), wc = T.Load(ref w0, (2 * s) + f), wd = T.Load(ref w0, (3 * s) + f);
            T v = T.Load(ref x0, f);
            a0 = T.MultiplyAdd(v, wa, a0);
            b0 = T.MultiplyAdd(v, wb, b0);
            c0 = T.MultiplyAdd(v, wc, c0);
            d0 = T.MultiplyAdd(v, wd, d0);
            v = T.Load(ref x0, s + f);
            a1 = T.MultiplyAdd(v, wa, a1);
            b1 = T.MultiplyAdd(v, wb, b1);
            c1 = T.MultiplyAdd(v, wc, c1);
            d1 = T.MultiplyAdd(v, wd, d1);
            v = T.Load(ref x0, (2 * s) + f);
            a2 = T.MultiplyAdd(v, wa, a2);
            b2 = T.MultiplyAdd(v, wb, b2);
            c2 = T.MultiplyAdd(v, wc, c2);
            d2 = T.MultiplyAdd(v, wd, d2);
            v = T.Load(ref x0, (3 * s) + f);
            a3 = T.MultiplyAdd(v, wa, a3);
            b3 = T.MultiplyAdd(v, wb, b3);
            c3 = T.MultiplyAdd(v, wc, c3);
            d3 = T.MultiplyAdd(v, wd, d3);
        }

        Store(logits, a0, b0, c0, d0);
        Store(logits[classes..], a1, b1, c1, d1);
        Store(logits[(2 * classes)..], a2, b2, c2, d2);
        Store(logits[(3 * classes)..], a3, b3, c3, d3);
    }

    private static void Store<T>(Span<float> to, T a, T b, T c, T d)
        where T : struct, ILanes<T> => (to[0], to[1], to[2], to[3]) = (T.Sum(a), T.Sum(b), T.Sum(c), T.Sum(d));

    /// <summary>4 classes x 4 registers of features, summed over the rows of the block.</summary>
    private static void OuterFour<T>(ReadOnlySpan<float> x, int rows, int stride, ReadOnlySpan<float> residuals, int classes, Span<float> gradient)
        where T : struct, ILanes<T>
    {
        ref float x0 = ref MemoryMarshal.GetReference(x);
        ref float g0 = ref MemoryMarshal.GetReference(gradient);
        nuint n = (nuint)T.Count;
        T a0 = default, a1 = default, a2 = default, a3 = default;
        T b0 = default, b1 = default, b2 = default, b3 = default;
        T c0 = default, c1 = default, c2 = default, c3 = default;
        T d0 = default, d1 = default, d2 = default, d3 = default;
        for (int r = 0; r < rows; r++)
        {
            nuint at = (nuint)(r * stride);
            ReadOnlySpan<float> given = residuals.Slice(r * classes, 4);
            T da = T.Broadcast(given[0]), db = T.Broadcast(given[1]), dc = T.Broadcast(given[2]), dd = T.Broadcast(given[3]);
            T v = T.Load(ref x0, at);
            a0 = T.MultiplyAdd(v, da, a0);
            b0 = T.MultiplyAdd(v, db, b0);
            c0 = T.MultiplyAdd(v, dc, c0);
            d0 = T.MultiplyAdd(v, dd, d0);
            v = T.Load(ref x0, at + n);
            a1 = T.MultiplyAdd(v, da, a1);
            b1 = T.MultiplyAdd(v, db, b1);
            c1 = T.MultiplyAdd(v, dc, c1);
            d1 = T.MultiplyAdd(v, dd, d1);
            v = T.Load(ref x0, at + (2 * n));
            a2 = T.MultiplyAdd(v, da, a2);
            b2 = T.MultiplyAdd(v, db, b2);
            c2 = T.MultiplyAdd(v, dc, c2);
            d2 = T.MultiplyAdd(v, dd, d2);
            v = T.Load(ref x0, at + (3 * n));
            a3 = T.MultiplyAdd(v, da, a3);
            b3 = T.MultiplyAdd(v, db, b3);
            c3 = T.MultiplyAdd(v, dc, c3);
            d3 = T.MultiplyAdd(v, dd, d3);
        }

        nuint s = (nuint)stride;
        AddTo(ref g0, 0, a0, a1, a2, a3);
        AddTo(ref g0, s, b0, b1, b2, b3);
        AddTo(ref g0, 2 * s, c0, c1, c2, c3);
        AddTo(ref g0, 3 * s, d0, d1, d2, d3);
    }

    private static void AddTo<T>(ref float destination, nuint at, T v0, T v1, T v2, T v3)
        where T : struct, ILanes<T>
    {
        nuint n = (nuint)T.Count;
        T.AddTo(v0, ref destination, at);
        T.AddTo(v1, ref destination, at + n);
        T.AddTo(v2, ref destination, at + (2 * n));
        T.AddTo(v3, ref destination, at + (3 * n));
    }
}
