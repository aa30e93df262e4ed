namespace InceptionMl.Training;

/// <summary>Images by what became of them.</summary>
/// <param name="Train">Fitted on.</param>
/// <param name="Validation">Chosen on, then fitted on too.</param>
/// <param name="Test">Measured on.</param>
/// <param name="Unreadable">Left out, each with its reason.</param>
/// <param name="Ignored">Files that are no images by name or content.</param>
public sealed record ImageCounts(int Train, int Validation, int Test, int Unreadable, long Ignored);
