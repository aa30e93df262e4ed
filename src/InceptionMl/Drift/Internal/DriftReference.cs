using System.Buffers.Binary;

namespace InceptionMl.Drift.Internal;

/// <summary>What a model's images were like when it was trained.</summary>
/// <param name="Statistics">The features of its images, and what was said of those that the head that said it was not fitted on.</param>
/// <param name="Confusion">How often an image of one label was given another, by their places; only what happened is there.</param>
public sealed record DriftReference(ScoringStatistics Statistics, IReadOnlyList<DriftReference.Cell> Confusion)
{
    /// <summary>The zip entry of a model's reference.</summary>
    public const string Entry = "InceptionMl/drift.bin";

    /// <summary>The most bytes of a reference.</summary>
    public const int MostBytes = 16 << 20;

    private const int CellLength = 3 * sizeof(int);

    /// <summary>Reads a reference; null where the bytes are none.</summary>
    /// <param name="bytes">What <see cref="ToBytes"/> gave.</param>
    public static DriftReference? Parse(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        if (bytes.Length < sizeof(int) || BinaryPrimitives.ReadInt32LittleEndian(bytes) is var length && (length < 0 || length > bytes.Length - sizeof(int))
            || (bytes.Length - sizeof(int) - length) % CellLength != 0
            || ScoringStatistics.Parse(bytes.AsSpan(sizeof(int), length)) is not { } statistics)
        {
            return null;
        }

        List<Cell> confusion = [];
        for (int at = sizeof(int) + length; at < bytes.Length; at += CellLength)
        {
            confusion.Add(new Cell(Number(bytes, at), Number(bytes, at + sizeof(int)), Number(bytes, at + (2 * sizeof(int)))));
        }

        int classes = statistics.Predicted.Count;
        return confusion.TrueForAll(cell => cell.Label >= 0 && cell.Label < classes && cell.Predicted >= 0 && cell.Predicted < classes && cell.Images > 0)
            && confusion.Sum(cell => (long)cell.Images) == statistics.Images ? new DriftReference(statistics, confusion) : null;
    }

    /// <summary>Gets the reference as bytes.</summary>
    public byte[] ToBytes()
    {
        byte[] statistics = Statistics.ToBytes();
        return
        [
            .. Bytes(statistics.Length), .. statistics,
            .. Confusion.SelectMany(cell => new[] { cell.Label, cell.Predicted, cell.Images }).SelectMany(Bytes),
        ];
    }

    private static int Number(byte[] bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));

    private static byte[] Bytes(int number)
    {
        byte[] bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        return bytes;
    }

    /// <summary>Images of one label that were given one label.</summary>
    /// <param name="Label">The place of their label.</param>
    /// <param name="Predicted">The place of the label they were given.</param>
    /// <param name="Images">How many they are.</param>
    public sealed record Cell(int Label, int Predicted, int Images);
}
