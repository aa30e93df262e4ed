using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using InceptionMl.Networks.Weights;

namespace InceptionMl.Networks.TensorFlow;

/// <summary>A node of a frozen graph: its operator, what it takes, and its attributes with TensorFlow's defaults where absent.</summary>
internal sealed class GraphNode(
    string source, NodeDef definition, ImmutableArray<TensorReference> inputs, Constant? constant, string? constantProblem)
{
    public string Name => definition.Name;

    public string Operator => definition.Op;

    /// <summary>Gets what the node takes, control inputs included.</summary>
    public ImmutableArray<TensorReference> Inputs { get; } = inputs;

    /// <summary>Gets the value of a Const; null with <see cref="ConstantProblem"/> where it is not a number.</summary>
    public Constant? Constant { get; } = constant;

    public string? ConstantProblem { get; } = constantProblem;

    public WeightException Refusal(string why) => new($"{source}: node '{Name}' ({Operator}) {why}.");

    public float Float(string attribute, float otherwise) =>
        Value(attribute, AttrValue.ValueOneofCase.F) is { } value ? value.F : otherwise;

    public long Integer(string attribute, long otherwise) =>
        Value(attribute, AttrValue.ValueOneofCase.I) is { } value ? value.I : otherwise;

    public bool Flag(string attribute, bool otherwise) =>
        Value(attribute, AttrValue.ValueOneofCase.B) is { } value ? value.B : otherwise;

    public string Text(string attribute, string otherwise) =>
        Value(attribute, AttrValue.ValueOneofCase.S) is { } value ? Encoding.UTF8.GetString(value.S.Span) : otherwise;

    public ImmutableArray<long> Integers(string attribute) =>
        Value(attribute, AttrValue.ValueOneofCase.List) is { } value ? [.. value.List.I] : [];

    /// <summary>A declared shape, its open dimensions <see cref="Dimensions.Open"/>; null if none or no rank is declared.</summary>
    public ImmutableArray<long>? Shape(string attribute) =>
        Value(attribute, AttrValue.ValueOneofCase.Shape) is { } value && !value.Shape.UnknownRank
            ? [.. value.Shape.Dim.Select(dim => Math.Max(dim.Size, Dimensions.Open))]
            : null;

    private AttrValue? Value(string attribute, AttrValue.ValueOneofCase kind)
    {
        if (!definition.Attr.TryGetValue(attribute, out AttrValue? value) || value is null)
        {
            return null;
        }

        return value.ValueCase == kind ? value : throw Refusal($"has an attribute '{attribute}' of kind {value.ValueCase}; {kind} was expected");
    }
}

/// <summary>What a node's input names: <c>node</c>, <c>node:port</c>, or <c>^node</c>, which only orders execution.</summary>
internal readonly record struct TensorReference(string Node, int Port, bool Control)
{
    public static bool TryParse(string text, out TensorReference reference)
    {
        bool control = text.StartsWith('^');
        string name = control ? text[1..] : text;
        int port = 0;
        int colon = name.LastIndexOf(':');
        if (colon >= 0)
        {
            if (control || !int.TryParse(name.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port))
            {
                reference = default;
                return false;
            }

            name = name[..colon];
        }

        reference = new TensorReference(name, port, control);
        return name.Length > 0;
    }
}
