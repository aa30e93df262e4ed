namespace InceptionMl.Training.Tests.Registry;

/// <summary>One change of a registry, and what befalls it.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Choice">Of which version, or how many to keep.</param>
/// <param name="Steps">How many steps on disk succeed; below 0 all do.</param>
/// <param name="IsFull">Whether the disk is full then, rather than the power cut.</param>
/// <param name="FailsInside">Whether the writing of a version breaks off.</param>
internal sealed record RegistryChange(ChangeKind Kind, int Choice, int Steps, bool IsFull, bool FailsInside);
