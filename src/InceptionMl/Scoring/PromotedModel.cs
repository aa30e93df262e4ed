namespace InceptionMl.Scoring;

/// <summary>A model that is to be served.</summary>
/// <param name="Version">Its name; another model has another one.</param>
/// <param name="Path">Its zip file.</param>
public sealed record PromotedModel(string Version, string Path);
