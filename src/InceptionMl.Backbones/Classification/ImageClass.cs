namespace InceptionMl.Backbones.Classification;

/// <summary>A class that a classifier tells.</summary>
/// <param name="Name">Its name, such as <c>tabby</c>; two classes may share one, as ImageNet's two cranes do.</param>
/// <param name="WordNetId">Its WordNet id, such as <c>n02123045</c>; null if it is not known.</param>
public sealed record ImageClass(string Name, string? WordNetId = null);
