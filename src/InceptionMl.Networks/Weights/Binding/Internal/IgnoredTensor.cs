namespace InceptionMl.Networks.Weights.Binding.Internal;

/// <summary>A tensor of a file that a network does without.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Reason">Why.</param>
public sealed record IgnoredTensor(string Name, string Reason);
