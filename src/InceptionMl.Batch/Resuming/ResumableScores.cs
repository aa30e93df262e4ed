using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using InceptionMl.Batch.Formats;
using InceptionMl.Internal;

namespace InceptionMl.Batch.Resuming;

/// <summary>
/// A file of results that a killed run leaves as FILE.partial, for the next run to go on with, and that becomes FILE when it is
/// complete. FILE.partial.json says what the half is of. However it was cut off, the whole has the bytes of one run without a break.
/// </summary>
public sealed class ResumableScores : IDisposable
{
    private const int LongestOrigin = 64 << 20;
    private const int ShownOfRecord = 80;

    private readonly string path;
    private readonly ScoreText text;
    private readonly FileStream partial;
    private readonly FileWindow earlier;

    private ResumableScores(string path, ScoreText text, FileStream partial, bool hasHeader, bool isNew)
    {
        // Results are appended while the earlier ones are still compared: they are read past the stream that writes.
        earlier = new FileWindow(partial.SafeFileHandle, 0, partial.Length);
        this.path = path;
        this.text = text;
        this.partial = partial;
        HasHeader = hasHeader;
        IsNew = isNew;
    }

    /// <summary>Gets where results are appended.</summary>
    public Stream Stream => partial;

    /// <summary>Gets a value that indicates whether the header is written already.</summary>
    public bool HasHeader { get; }

    /// <summary>Gets a value that indicates whether no result is there yet.</summary>
    public bool IsNew { get; }

    /// <summary>Gets how many inputs <see cref="SkipDoneAsync"/> has passed over, images that could not be read included.</summary>
    public long Done { get; private set; }

    /// <summary>Gets how many of those could not be read.</summary>
    public long DoneUnreadable { get; private set; }

    /// <summary>Gets the files that are written for one: itself, its half, and what says what the half is of.</summary>
    /// <param name="path">The file to come.</param>
    public static IReadOnlyList<string> FilesOf(string path) => [path, PartialPath(path), OriginOf(PartialPath(path))];

    /// <summary>Opens the half that an earlier run left, a result cut short taken off its end, or begins one.</summary>
    /// <param name="path">The file to come.</param>
    /// <param name="origin">What it is to be made of.</param>
    /// <param name="text">How results are written.</param>
    /// <exception cref="DatasetException">There is a half that was made of something else, or is none.</exception>
    /// <exception cref="IOException">It cannot be opened; another run may be writing it.</exception>
    public static ResumableScores Open(string path, ScoreOrigin origin, ScoreText text)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(origin);
        ArgumentNullException.ThrowIfNull(text);
        string full = Path.GetFullPath(path);
        string half = PartialPath(full);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        if (File.Exists(half))
        {
            RefuseOther(half, origin);
        }
        else
        {
            // First, for a half without its origin is of no use.
            AtomicFile.Write(OriginOf(half), stream => JsonSerializer.Serialize(stream, origin, ScoreOriginJson.Default.ScoreOrigin));
        }

        FileStream partial = new(half, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        try
        {
            RecordScan records = new(partial, half, text.QuotesHoldLines);
            string? first = records.Next();
            bool hasHeader = first is not null && text.Header is not null;
            if (hasHeader && first != text.Header)
            {
                throw new DatasetException($"{half} does not begin with the header of these results: delete it to start again") { Path = half };
            }

            bool isNew = first is null || (hasHeader && records.Next() is null);
            while (records.Next() is not null)
            {
            }

            partial.SetLength(records.Length);
            partial.Seek(0, SeekOrigin.End);
            return new ResumableScores(full, text, partial, hasHeader, isNew);
        }
        catch
        {
            partial.Dispose();
            throw;
        }
    }

    /// <summary>Passes over the inputs whose results are there already. To be enumerated once.</summary>
    /// <param name="inputs">All inputs, in order.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops the enumeration.</param>
    /// <exception cref="DatasetException">The inputs are not those that the results are of; the message names the first that differs.</exception>
    public async IAsyncEnumerable<BatchInput> SkipDoneAsync(
        IAsyncEnumerable<BatchInput> inputs, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        RecordScan records = new(earlier, PartialPath(path), text.QuotesHoldLines);
        if (HasHeader)
        {
            records.Next();
        }

        string? record = records.Next();
        await foreach (BatchInput input in inputs.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (record is null)
            {
                yield return input;
                continue;
            }

            ScoreRow? row = text.Read(record);
            if (row is null || row.Path != input.Path || (row.Id ?? string.Empty) != (input.Id ?? string.Empty))
            {
                throw Differs($"the next input is now '{input.Path}', but there stands", record);
            }

            Done++;
            DoneUnreadable += row.Error is null ? 0 : 1;
            record = records.Next();
        }

        if (record is not null)
        {
            throw Differs("there is no further input now, but there stands", record);
        }
    }

    /// <summary>The half is the whole: it takes its name.</summary>
    public void Complete()
    {
        partial.Flush(flushToDisk: true);
        partial.Dispose();
        File.Move(PartialPath(path), path, overwrite: true);
        File.Delete(OriginOf(PartialPath(path)));
    }

    /// <summary>The half is the whole, written in another way: from it FILE is made, and nothing else remains.</summary>
    /// <param name="convert">Reads the one and writes the other.</param>
    public async Task CompleteAsync(Func<Stream, Stream, Task> convert)
    {
        ArgumentNullException.ThrowIfNull(convert);
        partial.Flush(flushToDisk: true);
        FileWindow all = new(partial.SafeFileHandle, 0, partial.Length);
        await using (all.ConfigureAwait(false))
        {
            await AtomicFile.WriteAsync(path, whole => convert(all, whole)).ConfigureAwait(false);
        }

        Discard();
    }

    /// <summary>There is nothing to keep: no half remains.</summary>
    public void Discard()
    {
        partial.Dispose();
        File.Delete(PartialPath(path));
        File.Delete(OriginOf(PartialPath(path)));
    }

    /// <summary>Closes the file; a half stays for the next run.</summary>
    public void Dispose()
    {
        earlier.Dispose();
        partial.Dispose();
    }

    private static string PartialPath(string path) => path + ".partial";

    private static string OriginOf(string half) => half + ".json";

    private static void RefuseOther(string half, ScoreOrigin origin)
    {
        string? difference = Read(OriginOf(half)) is { } earlier ? earlier.DifferenceFrom(origin)
            : "what nobody knows, for its .json beside it is missing or damaged";
        if (difference is not null)
        {
            throw new DatasetException($"{half} was made with {difference}: go on as it was begun, or delete it to start again") { Path = half };
        }
    }

    private static ScoreOrigin? Read(string path)
    {
        try
        {
            ScoreOrigin? origin = new FileInfo(path).Length > LongestOrigin
                ? null
                : JsonSerializer.Deserialize(File.ReadAllBytes(path), ScoreOriginJson.Default.ScoreOrigin);
            return origin is { Model: not null, Inputs: not null, Options: not null } ? origin : null;
        }
        catch (Exception exception) when (exception is JsonException or FileNotFoundException)
        {
            return null;
        }
    }

    private DatasetException Differs(string what, string record) => new(FormattableString.Invariant(
        $"{PartialPath(path)} is of other inputs: after {Done} results {what} '{(record.Length > ShownOfRecord ? record[..ShownOfRecord] + "..." : record)}'; delete it to start again"));
}

/// <summary>What half a file of results was made of: it is gone on with by nothing else.</summary>
/// <param name="Model">SHA-256 of the model zip, hexadecimal.</param>
/// <param name="Inputs">The arguments.</param>
/// <param name="Options">The options that results depend on, by name.</param>
public sealed record ScoreOrigin(string Model, IReadOnlyList<string> Inputs, IReadOnlyDictionary<string, string?> Options)
{
    internal string? DifferenceFrom(ScoreOrigin other) =>
        Model != other.Model ? "another model"
        : !Inputs.SequenceEqual(other.Inputs, StringComparer.Ordinal) ? "other inputs"
        : Options.Keys.Union(other.Options.Keys).FirstOrDefault(name => Options.GetValueOrDefault(name) != other.Options.GetValueOrDefault(name)) is { } option
            ? $"another {option}"
        : null;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ScoreOrigin))]
internal sealed partial class ScoreOriginJson : JsonSerializerContext;
