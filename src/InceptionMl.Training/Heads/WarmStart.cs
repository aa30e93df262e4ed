using InceptionMl.Models.Internal;

namespace InceptionMl.Training;

/// <summary>An earlier head to start a fit from; over raw features, made with the same backbone.</summary>
/// <param name="Head">The head.</param>
/// <param name="Classes">The name of each of its classes.</param>
internal sealed record WarmStart(LinearHead Head, IReadOnlyList<string> Classes)
{
    /// <summary>
    /// Gets the penalty the head was fitted with, where the new rows are nearly those it was fitted on; see <see cref="HeadOptions.EarlierL2"/>.
    /// </summary>
    /// <value>The default is null: the penalty is searched anew.</value>
    public double? L2 { get; init; }

    /// <summary>
    /// Gets the head with one row a class of a new fit: classes of the same name keep theirs, new ones start at zero, vanished ones go.
    /// </summary>
    /// <param name="classes">The names of the new fit's classes.</param>
    /// <param name="width">Values per feature vector of the new fit.</param>
    /// <returns>The head, or null if the widths differ or no class is left: then a fit starts from nothing.</returns>
    /// <exception cref="ArgumentException">There are not as many names as the head has classes.</exception>
    public LinearHead? For(IReadOnlyList<string> classes, int width)
    {
        ArgumentNullException.ThrowIfNull(classes);
        if (Classes.Count != Head.Classes)
        {
            throw new ArgumentException($"A head of {Head.Classes} classes needs as many names; there are {Classes.Count}.", nameof(classes));
        }

        int[] from = [.. classes.Select(IndexOf)];
        if (width != Head.Width || Array.TrueForAll(from, earlier => earlier < 0))
        {
            return null;
        }

        float[] weights = new float[classes.Count * width];
        float[] bias = new float[classes.Count];
        for (int c = 0; c < from.Length; c++)
        {
            if (from[c] >= 0)
            {
                Head.Weights.Span.Slice(from[c] * width, width).CopyTo(weights.AsSpan(c * width));
                bias[c] = Head.Bias.Span[from[c]];
            }
        }

        return new LinearHead(width, weights, bias);
    }

    private int IndexOf(string name)
    {
        for (int c = 0; c < Classes.Count; c++)
        {
            if (string.Equals(Classes[c], name, StringComparison.Ordinal))
            {
                return c;
            }
        }

        return -1;
    }
}
