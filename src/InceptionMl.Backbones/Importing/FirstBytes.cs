using InceptionMl.Internal;

namespace InceptionMl.Backbones.Importing;

/// <summary>Tells weight files apart by their content; names and extensions are not asked.</summary>
internal static class FirstBytes
{
    private const int Longest = 9;

    /// <summary>The form of a file; the stream is at its beginning afterwards.</summary>
    /// <exception cref="BackboneException">It is none of them.</exception>
    public static FileForm Recognize(Stream stream, Subject subject)
    {
        byte[] begin = new byte[Longest];
        int length = stream.ReadAtLeast(begin, begin.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        return begin.AsSpan(0, length) switch
        {
            // A safetensors header's length may begin with any byte; the brace behind it settles it.
            [_, _, _, _, 0, 0, 0, 0, (byte)'{'] => FileForm.Weights,

            // Field 1 of a ModelProto is a number, its IR version; of a GraphDef and of a MetaGraphDef it is a message, and so is field 2.
            [0x08, ..] => FileForm.Onnx,
            [0x0A or 0x12, ..] => FileForm.TensorFlowGraph,

            // HDF5, a zip archive, a pickle of PyTorch's legacy form.
            [0x89, (byte)'H', (byte)'D', (byte)'F', ..] or [(byte)'P', (byte)'K', ..] or [0x80, ..] => FileForm.Weights,
            _ => throw BackboneException.Create(
                subject,
                "is none of the forms that weights come in: Keras' .h5 and .keras, PyTorch's .pth, safetensors, a frozen TensorFlow graph, ONNX"
                + (begin is [0x1F, 0x8B, ..] ? "; it is a compressed archive, so unpack it first" : "")),
        };
    }
}

/// <summary>What a weight file is, by its first bytes.</summary>
internal enum FileForm
{
    /// <summary>Named tensors without a graph: Keras, PyTorch, safetensors.</summary>
    Weights,

    /// <summary>A TensorFlow GraphDef or MetaGraphDef.</summary>
    TensorFlowGraph,

    /// <summary>An ONNX ModelProto.</summary>
    Onnx,
}
