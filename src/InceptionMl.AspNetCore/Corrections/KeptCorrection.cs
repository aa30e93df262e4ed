namespace InceptionMl.AspNetCore.Corrections;

/// <summary>What the answer to a correction says.</summary>
/// <param name="Label">The label that the image is kept under.</param>
/// <param name="File">Its file, below the folder of corrections.</param>
internal sealed record KeptCorrection(string Label, string File);
