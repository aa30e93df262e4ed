namespace InceptionMl.Backbones.Importing;

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
