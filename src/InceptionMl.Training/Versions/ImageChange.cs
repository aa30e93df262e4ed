using InceptionMl.Training.Versions.Internal;

namespace InceptionMl.Training.Versions;

/// <summary>An image that two versions both have, but not in the same way.</summary>
/// <param name="Before">How the first version had it.</param>
/// <param name="After">How the second has it.</param>
public sealed record ImageChange(VersionImage Before, VersionImage After);
