namespace InceptionMl.Training.Datasets;

/// <summary>How much of a dataset is kept for test and for validation; with 0, nothing is drawn for that part.</summary>
internal sealed record SplitFractions
{
    /// <summary>Creates the fractions.</summary>
    /// <param name="test">In [0, 1).</param>
    /// <param name="validation">In [0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">A fraction is out of range, or both leave nothing to train on.</exception>
    public SplitFractions(double test = 0.1, double validation = 0.1)
    {
        Test = Checked(test, nameof(test));
        Validation = Checked(validation, nameof(validation));
        if (test + validation >= 1)
        {
            throw new ArgumentOutOfRangeException(nameof(validation), validation, "The test and validation fractions together must be below 1.");
        }

        TestBelow = Bound(test);
        ValidationBelow = Bound(test + validation);
    }

    /// <summary>Gets the fraction T drawn for test.</summary>
    /// <value>The default is 0.1.</value>
    public double Test { get; }

    /// <summary>Gets the fraction V drawn for validation.</summary>
    /// <value>The default is 0.1.</value>
    public double Validation { get; }

    private ulong TestBelow { get; }

    private ulong ValidationBelow { get; }

    /// <summary>Gets the part that a draw says.</summary>
    public SplitPart PartOf(ulong draw) => draw < TestBelow ? SplitPart.Test : draw < ValidationBelow ? SplitPart.Validation : SplitPart.Train;

    /// <summary>Gets the fraction of a part that is held out.</summary>
    public double Of(SplitPart part) => part == SplitPart.Test ? Test : Validation;

    /// <summary>
    /// The integer B with draw / 2^64 &lt; fraction exactly when draw &lt; B. Dividing the draw would round it to 53 bits, up to 1
    /// even; scaling the fraction by a power of two is exact. For an integer n, n &lt; x exactly when n &lt; ceiling(x); and the
    /// greatest double below 1 scales to 2^64 - 2^11, so the ceiling fits.
    /// </summary>
    private static ulong Bound(double fraction) => (ulong)Math.Ceiling(Math.ScaleB(fraction, 64));

    private static double Checked(double fraction, string name) => fraction is >= 0 and < 1
        ? fraction
        : throw new ArgumentOutOfRangeException(name, fraction, "A fraction is at least 0 and below 1.");
}
