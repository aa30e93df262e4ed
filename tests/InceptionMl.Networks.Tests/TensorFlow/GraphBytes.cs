using System.Runtime.InteropServices;
using Google.Protobuf;
using InceptionMl.Networks.TensorFlow;

namespace InceptionMl.Networks.Tests.TensorFlow;

/// <summary>GraphDefs of a few nodes, for what goes wrong; that the fields are TensorFlow's own, the goldens show.</summary>
internal static class GraphBytes
{
    public static MemoryStream From(params IEnumerable<NodeDef> nodes)
    {
        MemoryStream stream = new();
        using CodedOutputStream output = new(stream, leaveOpen: true);
        foreach (NodeDef node in nodes)
        {
            output.WriteTag(1, WireFormat.WireType.LengthDelimited);
            output.WriteMessage(node);
        }

        return stream;
    }

    public static NodeDef Node(string operation, string name, string inputs = "", params (string Name, AttrValue Value)[] attributes)
    {
        NodeDef node = new() { Name = name, Op = operation, Input = { inputs.Split(' ', StringSplitOptions.RemoveEmptyEntries) } };
        foreach ((string attribute, AttrValue value) in attributes)
        {
            node.Attr[attribute] = value;
        }

        return node;
    }

    public static NodeDef Image(string name = "input", params long[] shape) =>
        Node("Placeholder", name, "", ("shape", new AttrValue { Shape = Shape(shape is [] ? [-1, 8, 8, 3] : shape) }));

    /// <summary>A 3 x 3 convolution with stride 1.</summary>
    public static NodeDef[] Convolution(string name, string input, int channels = 3, int filters = 4, string padding = "SAME") =>
    [
        Reals($"{name}/weights", [3, 3, channels, filters], [.. Enumerable.Range(0, 9 * channels * filters).Select(i => MathF.Sin(i))]),
        Node("Conv2D", name, $"{input} {name}/weights", ("strides", List(1, 1, 1, 1)), ("padding", Text(padding))),
    ];

    public static NodeDef[] Mean(string name, string input) =>
        [Integers($"{name}/axes", 1, 2), Node("Mean", name, $"{input} {name}/axes", ("keep_dims", new AttrValue { B = false }))];

    public static NodeDef Reals(string name, long[] shape, params float[] values) => Const(name, new TensorProto
    {
        Dtype = (int)DataType.Float,
        TensorShape = Shape(shape),
        TensorContent = ByteString.CopyFrom(MemoryMarshal.AsBytes(values.AsSpan())),
    });

    public static NodeDef Integers(string name, params int[] values) =>
        Const(name, new TensorProto { Dtype = (int)DataType.Int32, TensorShape = Shape(values.Length), IntVal = { values } });

    public static NodeDef Integer(string name, int value) =>
        Const(name, new TensorProto { Dtype = (int)DataType.Int32, TensorShape = Shape(), IntVal = { value } });

    public static NodeDef Const(string name, TensorProto tensor) => Node("Const", name, "", ("value", new AttrValue { Tensor = tensor }));

    public static AttrValue Text(string text) => new() { S = ByteString.CopyFromUtf8(text) };

    public static AttrValue List(params long[] values) => new() { List = new AttrValue.Types.ListValue { I = { values } } };

    public static TensorShapeProto Shape(params long[] dims)
    {
        TensorShapeProto shape = new();
        shape.Dim.AddRange(dims.Select(size => new TensorShapeProto.Types.Dim { Size = size }));
        return shape;
    }
}
