using System.Collections.Immutable;

namespace InceptionMl.Networks.Graph;

/// <summary>One named array of weights that a layer needs: what a reader of published weights binds to.</summary>
public sealed class Parameter
{
    internal Parameter(string name, ParameterRole role, params ImmutableArray<int> shape)
    {
        Name = name;
        Role = role;
        Shape = shape;
        Count = shape.Aggregate(1L, (count, dimension) => checked(count * dimension));
    }

    /// <summary>Gets the layer's name, a slash and the role: <c>mixed_5b/5x5/conv/weight</c>.</summary>
    public string Name { get; }

    /// <summary>Gets what it is to its layer.</summary>
    public ParameterRole Role { get; }

    /// <summary>Gets its dimensions, outermost first; kernels are output channels, input channels, height, width.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>Gets the number of values in it.</summary>
    public long Count { get; }

    /// <summary>Gets a value that indicates whether gradient descent trains it: all but the running statistics of batch normalization.</summary>
    public bool Trainable => Role is not (ParameterRole.Mean or ParameterRole.Variance);

    /// <summary>Gets the number of inputs that reach one output through it, which initializers scale by; 1 for anything but a weight.</summary>
    public long FanIn => Role == ParameterRole.Weight ? Count / Shape[0] : 1;

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({string.Join(" x ", Shape)})";
}
