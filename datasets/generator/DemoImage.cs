namespace DemoImages;

/// <summary>One image of the set: its class, its place in that class and its path below the set's root.</summary>
internal sealed record DemoImage(string Label, int Index, string Path);
