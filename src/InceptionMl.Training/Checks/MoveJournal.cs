using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using InceptionMl.Training.Checks.Internal;

namespace InceptionMl.Training.Checks;

/// <summary>A file that is moved, both paths relative to the dataset's folder, with <c>/</c>.</summary>
internal sealed record MovedFile(string From, string To);

/// <summary>The moves of files, a line of JSON each, on the disk before they begin. Two runs at once cannot hold it.</summary>
internal sealed class MoveJournal : IDisposable
{
    private const string FileName = "moves.jsonl";

    private readonly FileStream file;

    private MoveJournal(FileStream file) => this.file = file;

    public static string PathIn(string root) => Path.Join(root, SetAside.FolderName, FileName);

    public static MoveJournal Open(string root) => new(new FileStream(PathIn(root), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));

    /// <summary>Appends moves, and waits until they are on the disk.</summary>
    public void Add(IEnumerable<MovedFile> moves)
    {
        // The end of a line that a killed run left.
        StringBuilder lines = new("\n");
        foreach (MovedFile move in moves)
        {
            lines.Append(JsonSerializer.Serialize(move, MoveJson.Default.MovedFile)).Append('\n');
        }

        file.Seek(0, SeekOrigin.End);
        file.Write(Encoding.UTF8.GetBytes(lines.ToString()));
        file.Flush(flushToDisk: true);
    }

    /// <summary>Gets the moves, in the order in which they were added. A line that is not whole stands for none: its move has not begun.</summary>
    public IEnumerable<MovedFile> Read()
    {
        file.Seek(0, SeekOrigin.Begin);
        using StreamReader reader = new(file, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, bufferSize: -1, leaveOpen: true);
        List<MovedFile> moves = [];
        while (reader.ReadLine() is { } line)
        {
            if (Parse(line) is { } move && IsBelow(move.From) && IsBelow(move.To))
            {
                moves.Add(move);
            }
        }

        return moves;
    }

    public void Dispose() => file.Dispose();

    private static MovedFile? Parse(string line)
    {
        try
        {
            return line.Length == 0 ? null : JsonSerializer.Deserialize(line, MoveJson.Default.MovedFile);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Folders are copied from anywhere: no line of theirs may reach outside.
    private static bool IsBelow(string? path) =>
        path is { Length: > 0 } && !Path.IsPathRooted(path) && !path.Split('/', '\\').Contains("..");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(MovedFile))]
internal sealed partial class MoveJson : JsonSerializerContext;
