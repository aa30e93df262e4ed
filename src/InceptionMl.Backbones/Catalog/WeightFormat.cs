namespace InceptionMl.Backbones.Catalog;

/// <summary>In which form weights are published.</summary>
public enum WeightFormat
{
    /// <summary>Keras 2, weights only, HDF5.</summary>
    KerasH5,

    /// <summary>A PyTorch state dictionary.</summary>
    TorchPth,

    /// <summary>An ONNX model.</summary>
    Onnx,

    /// <summary>A frozen TensorFlow graph.</summary>
    TensorFlowGraphDef,

    /// <summary>A TensorFlow MetaGraphDef with its weights as constants.</summary>
    TensorFlowMetaGraph,
}
