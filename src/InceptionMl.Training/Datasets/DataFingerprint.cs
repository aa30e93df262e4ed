using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace InceptionMl.Training.Datasets;

/// <summary>What a model was trained on, in 64 digits: the same contents, labels, parts and weights give the same, whatever the files are called.</summary>
internal static class DataFingerprint
{
    /// <summary>Gets the SHA-256 over one line per image, sorted: content, part, weight, label.</summary>
    /// <param name="items">The images.</param>
    /// <param name="parts">The part of each.</param>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public static string Compute(IReadOnlyList<SplitItem> items, IReadOnlyList<SplitPart> parts)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentOutOfRangeException.ThrowIfNotEqual(parts.Count, items.Count);
        string[] lines = [.. items.Zip(parts, Line).Order(StringComparer.Ordinal)];
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string line in lines)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(line));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // The label comes last: it is the only free text, and readers let no line break into it.
    private static string Line(SplitItem item, SplitPart part) =>
        string.Create(CultureInfo.InvariantCulture, $"{item.Hash}\t{part}\t{item.Sample.Weight:R}\t{item.Sample.Label}\n");
}
