using System.Globalization;
using InceptionMl.Batch;
using InceptionMl.Batch.Formats;
using InceptionMl.Scoring;

namespace InceptionMl.Cli;

/// <summary>A line per image for people: path, then the most probable labels. On a terminal only as many labels as fit on the line.</summary>
/// <param name="writer">Where it goes.</param>
/// <param name="top">Labels at most.</param>
/// <param name="width">The columns of the terminal; null if there is none.</param>
internal sealed class TableScoreWriter(TextWriter writer, int top, int? width = null) : IScoreWriter
{
    public const int DefaultTop = 3;
    private const int PathWidth = 48;
    private const int ShortestPath = 16;
    private const int RoomOfLabels = 30;
    private const string Gap = "   ";

    private readonly ScoreLayout layout = new([]) { Top = top, WithOutcome = true };

    public async Task WriteAsync(ScoreRow row, CancellationToken cancellationToken = default)
    {
        int room = width is int columns ? Math.Clamp(columns - RoomOfLabels, ShortestPath, PathWidth) : PathWidth;
        string path = width is null || row.Error is not null ? row.Path : TerminalTable.Tail(row.Path, room);
        path += new string(' ', Math.Max(0, room - TerminalWriter.Columns(path))) + "  ";
        await writer.WriteLineAsync(path + (row.Error is null ? Labels(layout.Apply(row), width - 1 - TerminalWriter.Columns(path)) : $"error: {row.Error}"));
    }

    public Task CompleteAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // A share is never torn from its label: what does not fit is left out, and of a single label the name is cut.
    private static string Labels(ScoreRow row, int? room)
    {
        string note = row.Outcome switch
        {
            ScoringOutcome.Uncertain => Gap + "(uncertain)",
            ScoringOutcome.Unknown => Gap + "(unknown)",
            _ => string.Empty,
        };
        string line = string.Empty;
        foreach ((string label, float probability) in row.Scores!)
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
