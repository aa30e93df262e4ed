namespace InceptionMl.Networks.TensorFlow;

/// <summary>A node of a TensorFlow graph, as its file names it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Operator">Its operator.</param>
public sealed record GraphNodeName(string Name, string Operator);
