using System.Buffers.Binary;

namespace InceptionMl.Batch.Internal;

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
