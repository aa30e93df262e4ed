using System.Buffers.Binary;
using System.Text;
using InceptionMl.Internal;
using InceptionMl.Models;
using InceptionMl.Models.Internal;
using InceptionMl.Scoring.Explanations.Internal;

namespace InceptionMl.Batch.Internal;

/// <summary>Tells a file that this library or its tool wrote by what it holds.</summary>
public static class OutputFile
{
    /// <summary>The name of the schema that a pipeline file names.</summary>
    public const string PipelineSchema = "pipeline.schema.json";

    private const int HeadBytes = 4096;
    private const int TailBytes = 1 << 18;
    private const long LargestCard = 64L << 20;

    // How results for programs, one object a line, begin.
    private static readonly string[] Results = ["{\"path\":", "{\"model\":", "{\"images\":", "{\"registry\":"];
    private static readonly string[] Headers = ["path,sha256,label,f0", "path,label,probability", "path,id,label,probability", "path,label,wordNetId,probability"];

    /// <summary>Determines whether a file is the overlay of an explanation.</summary>
    public static bool IsOverlay(string path) =>
        path.EndsWith(".png", StringComparison.OrdinalIgnoreCase) && OverlayMark.IsOn(Read(path, stackalloc byte[OverlayMark.HeadLength], fromEnd: false));

    /// <summary>Gets the card of a model's zip; null if the file is none.</summary>
    public static ModelCard? CardOf(string zip)
    {
        try
        {
            using FileStream file = new(zip, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return ModelPackage.ReadCard(file, Subject.FromFile(zip));
        }
        catch (Exception exception) when (exception is ModelFormatException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>
    /// Determines whether a file is an overlay, a model or its card, a backbone's card, a pipeline, a feature cache, a table of features or scores,
    /// an exported network, a report or generated code.
    /// </summary>
    public static bool IsOurs(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".png" => IsOverlay(path),
        ".zip" => CardOf(path) is not null,
        ".json" => Starts(path, Results) || Says(path, PipelineSchema) || Says(path, "InceptionMl") || IsCard(path),
        ".jsonl" => Starts(path, Results),
        ".csv" => Starts(path, Headers),
        ".sqlite" => IsCache(path),
        ".parquet" => Ends(path, "sha256", "features") || Ends(path, "probability", "scores"),
        ".onnx" => Ends(path, "classes", "preprocessing"),
        ".html" or ".cs" or ".csproj" => Says(path, "InceptionMl"),
        _ => false,
    };

    private static bool IsCache(string path)
    {
        ReadOnlySpan<byte> head = Read(path, stackalloc byte[FeatureCacheHeader.Length], fromEnd: false);
        return FeatureCacheHeader.Matches(head, isNamedSo: Path.GetFileName(path) == FeatureCacheHeader.FileName);
    }

    private static bool IsCard(string path)
    {
        try
        {
            if (new FileInfo(path).Length > LargestCard)
            {
                return false;
            }

            byte[] json = File.ReadAllBytes(path);
            return Parses(json, bytes => ModelCard.Parse(bytes)) || Parses(json, bytes => BackboneCard.Parse(bytes));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool Parses(byte[] json, Action<byte[]> parse)
    {
        try
        {
            parse(json);
            return true;
        }
        catch (ModelFormatException)
        {
            return false;
        }
    }

    private static bool Starts(string path, string[] texts)
    {
        string head = Head(path);
        return Array.Exists(texts, text => head.StartsWith(text, StringComparison.Ordinal));
    }

    private static bool Says(string path, string text) => Head(path).Contains(text, StringComparison.Ordinal);

    private static bool Ends(string path, string text, string other)
    {
        string tail = Encoding.Latin1.GetString(Read(path, new byte[TailBytes], fromEnd: true));
        return tail.Contains(text, StringComparison.Ordinal) && tail.Contains(other, StringComparison.Ordinal);
    }

    private static string Head(string path) => Encoding.Latin1.GetString(Read(path, new byte[HeadBytes], fromEnd: false));

    private static ReadOnlySpan<byte> Read(string path, Span<byte> buffer, bool fromEnd)
    {
        try
        {
            if (!FileKind.IsRegular(path))
            {
                return default;
            }

            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            stream.Position = fromEnd ? Math.Max(0, stream.Length - buffer.Length) : 0;
            return buffer[..stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }
}

/// <summary>What tells a feature cache from other SQLite files.</summary>
public static class FeatureCacheHeader
{
    /// <summary>The cache's file in its folder.</summary>
    public const string FileName = "features.sqlite";

    /// <summary>How many bytes of a file <see cref="Matches"/> looks at.</summary>
    public const int Length = 72;

    /// <summary>The application id in the header of the SQLite file.</summary>
    public const int ApplicationId = 0x494D4C46;

    private const int PlaceOfApplicationId = 68;

    /// <summary>Determines whether a file is a cache.</summary>
    /// <param name="head">Its first <see cref="Length"/> bytes.</param>
    /// <param name="isNamedSo">Whether it has the name of one: a cache whose process was killed says what it is in its log only.</param>
    public static bool Matches(ReadOnlySpan<byte> head, bool isNamedSo) => head.StartsWith("SQLite format 3\0"u8)
        ? isNamedSo || (head.Length == Length && BinaryPrimitives.ReadInt32BigEndian(head[PlaceOfApplicationId..]) == ApplicationId)
        : isNamedSo && head.IsEmpty;
}
