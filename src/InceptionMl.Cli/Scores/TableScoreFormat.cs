using System.Globalization;
using InceptionMl.Cli.Rendering;
using InceptionMl.Scoring;
using InceptionMl.Training.Batch;

namespace InceptionMl.Cli.Scores;

/// <summary>A line per image for people: path, then the most probable labels. On a terminal only as many labels as fit on the line.</summary>
/// <param name="writer">Where it goes.</param>
/// <param name="top">Labels at most.</param>
/// <param name="width">The columns of the terminal; null where there is none.</param>
internal sealed class TableScoreFormat(TextWriter writer, int top, int? width = null) : IScoreFormat
{
    public const int DefaultTop = 3;
    private const int PathWidth = 48;
    private const int ShortestPath = 16;
    private const int RoomOfLabels = 30;
    private const string Gap = "   ";

    public void Write(BatchScore score)
    {
        ScoringResult result = score.Result;
        int room = width is int columns ? Math.Clamp(columns - RoomOfLabels, ShortestPath, PathWidth) : PathWidth;
        string path = width is null || !result.Succeeded ? result.Name : TerminalTable.Tail(result.Name, room);
        path += new string(' ', Math.Max(0, room - TerminalWriter.Columns(path))) + "  ";
        writer.WriteLine(path + (result.Succeeded ? Labels(result.Image, width - 1 - TerminalWriter.Columns(path)) : $"error: {result.Error}"));
    }

    public void Dispose()
    {
    }

    // A share is never torn from its label: what does not fit is left out, and of a single label the name is cut.
    private string Labels(ScoredImage image, int? room)
    {
        string note = image.Outcome == ScoringOutcome.Uncertain ? Gap + "(uncertain)" : string.Empty;
        string line = string.Empty;
        foreach ((string label, float probability) in image.Top(top))
        {
            string share = string.Create(CultureInfo.InvariantCulture, $" {probability:P1}");
            string name = TerminalTable.Short(label);
            if (line.Length == 0)
            {
                line = TerminalTable.Cut(name, Math.Max(1, (room ?? int.MaxValue) - share.Length - note.Length)) + share;
            }
            else if (room is int columns && TerminalWriter.Columns(line + Gap + name + share + note) > columns)
            {
                break;
            }
            else
            {
                line += Gap + name + share;
            }
        }

        return line + note;
    }
}
