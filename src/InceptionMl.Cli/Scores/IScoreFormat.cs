using InceptionMl.Scoring;

namespace InceptionMl.Cli.Scores;

/// <summary>A way to write results, one image at a time.</summary>
internal interface IScoreFormat : IDisposable
{
    public void Write(ScoringResult result);
}
