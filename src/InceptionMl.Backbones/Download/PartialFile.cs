using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using InceptionMl.Internal;

namespace InceptionMl.Backbones.Download;

/// <summary>The bytes so far, <c>FILE.part</c>, and beside them <c>FILE.part.json</c>: what they are bytes of.</summary>
internal sealed class PartialFile(string finalPath)
{
    private readonly string originPath = finalPath + ".part.json";

    public string Path { get; } = finalPath + ".part";

    public long Length => File.Exists(Path) ? new FileInfo(Path).Length : 0;

    /// <summary>What a server must still have, unchanged, for these bytes to be gone on from; null if they cannot be.</summary>
    public RangeConditionHeaderValue? Condition(string address)
    {
        if (Length == 0 || ReadOrigin() is not { } origin || origin.Address != address)
        {
            return null;
        }

        if (origin.ETag is not null && EntityTagHeaderValue.TryParse(origin.ETag, out EntityTagHeaderValue? tag) && !tag.IsWeak)
        {
            return new RangeConditionHeaderValue(tag);
        }

        return origin.LastModified is { } modified ? new RangeConditionHeaderValue(modified) : null;
    }

    /// <summary>Determines whether a server's entity tag is another than the one these bytes came with.</summary>
    public bool IsOfOther(EntityTagHeaderValue? tag) => tag is not null && ReadOrigin()?.ETag is { } known && known != tag.ToString();

    /// <summary>Starts from nothing, with the origin of the bytes to come.</summary>
    public void Restart(PartialOrigin origin)
    {
        Delete();
        AtomicFile.Write(originPath, stream => JsonSerializer.Serialize(stream, origin, PartialOriginJson.Default.PartialOrigin));
    }

    public FileStream Append() => new(Path, FileMode.Append, FileAccess.Write, FileShare.Read);

    /// <summary>The bytes first: without them the origin claims nothing.</summary>
    public void Delete()
    {
        File.Delete(Path);
        File.Delete(originPath);
    }

    /// <summary>Flushes the bytes to the disk and makes them the file they were meant for.</summary>
    public void Complete()
    {
        using (FileStream whole = new(Path, FileMode.Open, FileAccess.Write, FileShare.Read))
        {
            whole.Flush(flushToDisk: true);
        }

        File.Move(Path, finalPath, overwrite: true);
        File.Delete(originPath);
    }

    private PartialOrigin? ReadOrigin()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(originPath), PartialOriginJson.Default.PartialOrigin);
        }
        catch (Exception exception) when (exception is JsonException or FileNotFoundException)
        {
            return null;
        }
    }
}

/// <summary>Which version of which file the bytes of a partial download are of.</summary>
internal sealed record PartialOrigin(string Address, string? ETag, DateTimeOffset? LastModified);

[JsonSerializable(typeof(PartialOrigin))]
internal sealed partial class PartialOriginJson : JsonSerializerContext;
