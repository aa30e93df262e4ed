using InceptionMl.Training.Batch;

namespace InceptionMl.Cli.Scores;

/// <summary>A way to write results as text, one image at a time.</summary>
internal interface IScoreFormat : IDisposable
{
    public void Write(BatchScore score);
}
