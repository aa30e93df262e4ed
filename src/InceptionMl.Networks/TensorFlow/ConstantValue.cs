namespace InceptionMl.Networks.TensorFlow;

/// <summary>An output that is the same whatever the image.</summary>
internal sealed record ConstantValue(Constant Constant) : GraphValue(Networked: false);
