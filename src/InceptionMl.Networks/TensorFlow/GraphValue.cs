namespace InceptionMl.Networks.TensorFlow;

/// <summary>What has become of a node's output.</summary>
/// <param name="Networked">True behind the first convolution, pool or matrix product: no longer the image's front.</param>
internal abstract record GraphValue(bool Networked);
