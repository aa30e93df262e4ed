namespace InceptionMl.Networks.Graph;

/// <summary>
/// The textbook question: what one convolution of a map costs, at stride 1 with its size kept, and what it costs behind a 1 x 1
/// bottleneck.
/// </summary>
public sealed class ConvolutionCost
{
    /// <summary>Counts.</summary>
    /// <param name="input">The map: 28 x 28 x 192.</param>
    /// <param name="filters">Output channels; at least 1.</param>
    /// <param name="kernel">The kernel's sides; at least 1.</param>
    /// <param name="bottleneck">Channels that a 1 x 1 convolution leaves for the kernel, at least 1; null for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    /// <exception cref="OverflowException">The count passes 2^63.</exception>
    public ConvolutionCost(TensorShape input, int filters, Extent kernel, int? bottleneck = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(filters, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(kernel.Height, 1, nameof(kernel));
        ArgumentOutOfRangeException.ThrowIfLessThan(kernel.Width, 1, nameof(kernel));
        ArgumentOutOfRangeException.ThrowIfLessThan(bottleneck ?? 1, 1, nameof(bottleneck));
        if (input.Size is not { } size)
        {
            throw new ArgumentException($"A convolution works on a map of height x width x channels, not on {input}.", nameof(input));
        }

        Input = input;
        Filters = filters;
        Kernel = kernel;
        BottleneckChannels = bottleneck;
        Direct = Count(size, input.Channels, filters, kernel);
        Reduction = bottleneck is { } channels ? Count(size, input.Channels, channels, 1) : 0;
        Expansion = bottleneck is { } reduced ? Count(size, reduced, filters, kernel) : 0;
        _ = checked(Reduction + Expansion);
    }

    /// <summary>Gets the map.</summary>
    public TensorShape Input { get; }

    /// <summary>Gets the number of output channels.</summary>
    public int Filters { get; }

    /// <summary>Gets the kernel.</summary>
    public Extent Kernel { get; }

    /// <summary>Gets the number of channels behind the bottleneck; null if there is none.</summary>
    public int? BottleneckChannels { get; }

    /// <summary>Gets the output: the map's size with one channel a filter.</summary>
    public TensorShape Output => TensorShape.Map(Input.Size!.Value, Filters);

    /// <summary>Gets the number of multiply-adds of the convolution on all input channels.</summary>
    public long Direct { get; }

    /// <summary>Gets the number of multiply-adds of the 1 x 1 convolution; 0 without a bottleneck.</summary>
    public long Reduction { get; }

    /// <summary>Gets the number of multiply-adds of the convolution behind the bottleneck; 0 without one.</summary>
    public long Expansion { get; }

    /// <summary>Gets what is paid: reduction and expansion, or the direct convolution where there is no bottleneck.</summary>
    public long Total => BottleneckChannels is null ? Direct : Reduction + Expansion;

    private static long Count(Extent size, int channels, int filters, Extent kernel) =>
        checked(size.Area * channels * filters * kernel.Area);
}
