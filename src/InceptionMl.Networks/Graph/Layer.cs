using System.Collections.Immutable;

namespace InceptionMl.Networks.Graph;

/// <summary>One named step of a network.</summary>
public sealed class Layer
{
    internal Layer(string name, Operation operation, ImmutableArray<string> inputs, ImmutableArray<Parameter> parameters)
    {
        Name = name;
        Operation = operation;
        Inputs = inputs;
        Parameters = parameters;
    }

    /// <summary>Gets its name, unique in the network, block first: <c>mixed_5b/5x5/conv</c>.</summary>
    public string Name { get; }

    /// <summary>Gets the block it stands in: its name up to the first slash.</summary>
    public string Block => Name.Split('/', 2)[0];

    /// <summary>Gets what it computes.</summary>
    public Operation Operation { get; }

    /// <summary>Gets the names of the layers it takes its inputs from, in order; all stand before it in the network.</summary>
    public ImmutableArray<string> Inputs { get; }

    /// <summary>Gets the arrays of weights it needs; their shapes depend on channels alone, never on the image's size.</summary>
    public ImmutableArray<Parameter> Parameters { get; }

    /// <summary>Gets the parameter with this role.</summary>
    /// <param name="role">What it is to the layer.</param>
    /// <returns>Null if this layer has none, as batch normalization without gamma.</returns>
    public Parameter? Find(ParameterRole role) => Parameters.FirstOrDefault(parameter => parameter.Role == role);

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Operation.Kind}";
}

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

/// <summary>What a parameter is to its layer.</summary>
public enum ParameterRole
{
    /// <summary>The kernel of a convolution (output channels, input channels, height, width) or of a dense layer (outputs, inputs).</summary>
    Weight,

    /// <summary>What a convolution or a dense layer adds, one value an output channel.</summary>
    Bias,

    /// <summary>The scale of batch normalization, one value per channel.</summary>
    Gamma,

    /// <summary>The offset of batch normalization, one value per channel.</summary>
    Beta,

    /// <summary>The running mean of batch normalization, one value per channel; not trained by gradient.</summary>
    Mean,

    /// <summary>The running variance of batch normalization, one value per channel; not trained by gradient.</summary>
    Variance,
}
