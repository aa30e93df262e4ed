using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Google.Protobuf;

namespace InceptionMl.Networks.Onnx;

/// <summary>The messages of the format, made in one call each.</summary>
internal static class Proto
{
    public static NodeProto Node(
        string name, string operation, IEnumerable<string> inputs, string output, params ReadOnlySpan<AttributeProto> attributes)
    {
        NodeProto node = new() { Name = name, OpType = operation, Output = { output } };
        node.Input.AddRange(inputs);
        node.Attribute.AddRange(attributes.ToArray());
        return node;
    }

    public static TensorProto Tensor(string name, ImmutableArray<int> shape, ReadOnlyMemory<float> values)
    {
        TensorProto tensor = new()
        {
            Name = name,
            DataType = (int)TensorProto.Types.DataType.Float,
            RawData = UnsafeByteOperations.UnsafeWrap(new FloatBytes(values).Memory),
        };
        tensor.Dims.AddRange(shape.Select(dimension => (long)dimension));
        return tensor;
    }

    public static TensorProto Tensor(string name, params ReadOnlySpan<long> values)
    {
        TensorProto tensor = new()
        {
            Name = name,
            DataType = (int)TensorProto.Types.DataType.Int64,
            RawData = UnsafeByteOperations.UnsafeWrap(MemoryMarshal.AsBytes(values).ToArray()),
        };
        tensor.Dims.Add(values.Length);
        return tensor;
    }

    public static AttributeProto Attribute(string name, long value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    public static AttributeProto Attribute(string name, float value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Float, F = value };

    public static AttributeProto Attribute(string name, ImmutableArray<long> values)
    {
        AttributeProto attribute = new() { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        attribute.Ints.AddRange(values);
        return attribute;
    }

    public static TensorShapeProto.Types.Dimension Open(string name) => new() { DimParam = name };

    public static TensorShapeProto.Types.Dimension Fixed(int value) => new() { DimValue = value };

    public static ValueInfoProto Value(string name, params ReadOnlySpan<TensorShapeProto.Types.Dimension> dimensions)
    {
        TensorShapeProto shape = new();
        shape.Dim.AddRange(dimensions.ToArray());
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto
            {
                TensorType = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float, Shape = shape },
            },
        };
    }
}

/// <summary>Values seen as the bytes they are, so that a message holds a network's weights without a copy of its own.</summary>
internal sealed class FloatBytes(ReadOnlyMemory<float> values) : MemoryManager<byte>
{
    public override Span<byte> GetSpan() => MemoryMarshal.AsBytes(MemoryMarshal.AsMemory(values).Span);

    public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
