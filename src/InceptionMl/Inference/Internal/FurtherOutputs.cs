using System.Buffers;
using System.Text;

namespace InceptionMl.Inference.Internal;

/// <summary>
/// Makes inner tensors of an ONNX model its outputs. A message in protocol buffers may be followed by another one, which is merged
/// into it: a few bytes behind the model name the further outputs, and nothing of it has to be read.
/// </summary>
internal static class FurtherOutputs
{
    // Field numbers of onnx.proto: ModelProto.graph, GraphProto.output, ValueInfoProto.name and type, TypeProto.tensor_type,
    // TypeProto.Tensor.elem_type.
    private const int Graph = 7;
    private const int Output = 12;
    private const int Name = 1;
    private const int Type = 2;
    private const int TensorType = 1;
    private static readonly byte[] Float = [1 << 3, 1];

    /// <summary>Returns the model with further outputs, all float32.</summary>
    /// <param name="onnx">A serialized ONNX ModelProto.</param>
    /// <param name="tensors">Tensors that the model computes, none of them among its outputs.</param>
    public static byte[] Add(ReadOnlySpan<byte> onnx, IEnumerable<string> tensors)
    {
        ArrayBufferWriter<byte> outputs = new();
        foreach (string tensor in tensors)
        {
            byte[] value = [.. Field(Name, Encoding.UTF8.GetBytes(tensor)), .. Field(Type, Field(TensorType, Float))];
            outputs.Write(Field(Output, value));
        }

        return [.. onnx, .. Field(Graph, outputs.WrittenSpan)];
    }

    private static byte[] Field(int number, ReadOnlySpan<byte> content)
    {
        const int LengthDelimited = 2;
        List<byte> field = [(byte)((number << 3) | LengthDelimited)];
        for (int length = content.Length; ; length >>= 7)
        {
            if (length < 0x80)
            {
                field.Add((byte)length);
                return [.. field, .. content];
            }

            field.Add((byte)(length | 0x80));
        }
    }
}
