
namespace InceptionMl.Cli.Rendering;

/// <summary>What a line means, which a terminal shows by color.</summary>
internal enum Tone
{
    /// <summary>Nothing in particular.</summary>
    Plain,

    /// <summary>Something good: a promotion.</summary>
    Good,

    /// <summary>Something to look at: a warning, a champion that was kept.</summary>
    Caution,

    /// <summary>Something that went wrong.</summary>
    Bad,
}
