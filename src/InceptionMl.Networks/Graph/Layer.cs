using System.Collections.Immutable;
using InceptionMl.Networks.Operations;

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
