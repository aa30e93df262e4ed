using InceptionMl.Backbones;

namespace InceptionMl.Cli.Backbones;

/// <summary>What the tool adds to a file that did not come: the option that takes a copy which was fetched by hand.</summary>
internal static class PullHint
{
    /// <summary>Gets the hint as one more sentence, a space before it; empty if there is none.</summary>
    /// <param name="exception">What went wrong.</param>
    public static string For(Exception exception) => exception is BackboneException { Problem: BackboneProblem.NotFetched }
        ? $" A copy anywhere else is taken by {BackbonesPullVerb.From} FILE."
        : string.Empty;
}
