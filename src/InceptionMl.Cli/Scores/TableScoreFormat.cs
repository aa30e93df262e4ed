using System.Globalization;
using InceptionMl.Scoring;
using InceptionMl.Training.Batch;

namespace InceptionMl.Cli.Scores;

/// <summary>A line an image for people: path, then the most probable labels.</summary>
internal sealed class TableScoreFormat(TextWriter writer, int top) : IScoreFormat
{
    public const int DefaultTop = 3;
    private const int PathWidth = 48;

    public void Write(BatchScore score)
    {
        ScoringResult result = score.Result;
        string path = result.Name.PadRight(PathWidth);
        writer.WriteLine(result.Succeeded
            ? path + "  " + string.Join("   ", result.Image.Top(top).Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Key} {s.Value:P1}"))) + UncertainNote(result.Image)
            : $"{path}  error: {result.Error}");
    }

    public void Dispose()
    {
    }

    private static string UncertainNote(ScoredImage image) => image.Outcome == ScoringOutcome.Uncertain ? "   (uncertain)" : string.Empty;
}
