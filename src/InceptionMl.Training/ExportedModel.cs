namespace InceptionMl.Training;

/// <summary>A model as one ONNX file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Classes">Class names, in the order of the output <c>probabilities</c>.</param>
/// <param name="Width">Width of the prepared image, in pixels.</param>
/// <param name="Height">Height of the prepared image, in pixels.</param>
/// <param name="Features">Values per feature vector.</param>
/// <param name="Bytes">Size of the file.</param>
public sealed record ExportedModel(string Path, IReadOnlyList<string> Classes, int Width, int Height, int Features, long Bytes);
