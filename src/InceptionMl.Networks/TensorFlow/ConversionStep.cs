using System.Collections.Immutable;
using InceptionMl.Networks.Onnx;
using InceptionMl.Networks.Weights;

namespace InceptionMl.Networks.TensorFlow;

/// <summary>One node on its way into the ONNX graph: what it takes, checked, and what is made of it.</summary>
internal sealed class ConversionStep(GraphNode node, ImmutableArray<GraphValue> inputs, OnnxAssembly assembly)
{
    public GraphNode Node { get; } = node;

    public OnnxAssembly Assembly { get; } = assembly;

    public int Count => inputs.Length;

    public GraphValue this[int index] => index < inputs.Length
        ? inputs[index]
        : throw Refuse($"has {inputs.Length} inputs; more were expected");

    public RuntimeValue Runtime(int index) => this[index] as RuntimeValue
        ?? throw Refuse($"has a constant for its input {index}, where something made from the image was expected");

    public RuntimeValue Map(int index) => Runtime(index) is { Shape.Length: Dimensions.MapRank } map
        ? map
        : throw Refuse($"takes {Dimensions.Text(Runtime(index).Shape)} where a map of positions and channels was expected");

    public Constant Reals(int index) => this[index] is ConstantValue { Constant: { Reals: not null } constant }
        ? constant
        : throw Refuse($"needs real numbers that stand in the file for its input {index}; is the graph frozen");

    public ImmutableArray<long> Integers(int index) => this[index] is ConstantValue { Constant.Integers: { } integers }
        ? [.. integers]
        : throw Refuse($"needs integers that stand in the file for its input {index}");

    public long Integer(int index) => Integers(index) is [long only] ? only : throw Refuse($"needs one integer for its input {index}");

    /// <summary>An axis that may count from the end.</summary>
    public int Axis(long axis, int rank) => axis >= -rank && axis < rank
        ? (int)(axis < 0 ? axis + rank : axis)
        : throw Refuse($"names axis {axis} of {rank}");

    public void RequireChannelsLast()
    {
        string format = Node.Text("data_format", "NHWC");
        if (format != "NHWC")
        {
            throw Refuse($"has data_format {format}; NHWC is converted here");
        }
    }

    /// <summary>A constant of one value per channel, as it is.</summary>
    public string PerChannel(int index, long channels) => Channels(Reals(index), channels, "vector", wide: false);

    /// <summary>A constant of one value per channel, shaped to meet a map or a vector.</summary>
    public string PerChannelOf(int index, RuntimeValue value) =>
        value.Shape.Length == Dimensions.MapRank
            ? Channels(Reals(index), value.Shape[^1], "per_channel", wide: true)
            : Channels(Reals(index), value.Shape[^1], "vector", wide: false);

    public string Emit(string operation, IEnumerable<string> tensors, params ReadOnlySpan<AttributeProto> attributes) =>
        Assembly.Node(Node.Name, operation, tensors, attributes);

    public RuntimeValue Result(string tensor, ImmutableArray<long> shape, bool networked = false)
    {
        if (!Dimensions.AreSane(shape))
        {
            throw Refuse($"makes {Dimensions.Text(shape)}");
        }

        int depth = inputs.OfType<RuntimeValue>().Max(value => value.Depth) + 1;
        return new RuntimeValue(tensor, shape, depth, networked || inputs.Any(input => input.Networked));
    }

    public WeightException Refuse(string why) => Node.Refusal(why);

    private string Channels(Constant constant, long channels, string form, bool wide)
    {
        if (constant.Shape.Length != 1 || (channels != Dimensions.Open && constant.Count != channels))
        {
            throw Refuse($"has weights of {constant} for {channels} channels");
        }

        return Assembly.Initializer(
            Node, constant, form, () => (wide ? [1, constant.Count, 1, 1] : [constant.Count], constant.Reals!));
    }
}
