namespace InceptionMl.Networks.Weights.Binding;

/// <summary>The order of a tensor's dimensions in its file, against the order a parameter has here.</summary>
internal enum TensorLayout
{
    /// <summary>The same order: outputs, inputs, height, width; or outputs, inputs; or a vector.</summary>
    Same,

    /// <summary>A kernel as TensorFlow and Keras keep it: height, width, inputs, outputs.</summary>
    HeightWidthInputsOutputs,

    /// <summary>A dense layer's weight as TensorFlow and Keras keep it: inputs, outputs.</summary>
    InputsOutputs,
}
