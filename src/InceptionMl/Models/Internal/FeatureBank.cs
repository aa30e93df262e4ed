using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace InceptionMl.Models.Internal;

/// <summary>
/// Projected feature vectors of some training images in 8 bits a value, and the distance of others to the nearest of them (Sun, Ming, Zhu and Li,
/// "Out-of-distribution detection with deep nearest neighbors", 2022).
/// </summary>
public sealed class FeatureBank
{
    /// <summary>The zip entry of a model's bank.</summary>
    public const string Entry = "InceptionMl/bank.bin";

    /// <summary>The most vectors of a bank.</summary>
    public const int MostVectors = 1000;

    /// <summary>The most bytes of a bank.</summary>
    public const int MostBytes = HeaderLength + (MostVectors * FeatureProjection.MostValues);

    private const int HeaderLength = 16;
    private const float Steps = 127;

    private readonly sbyte[] quantized;
    private readonly float[][] vectors;

    private FeatureBank(FeatureProjection projection, sbyte[] quantized)
    {
        Projection = projection;
        this.quantized = quantized;
        vectors = [.. quantized.Chunk(projection.Values).Select(Restore)];
    }

    private static ReadOnlySpan<byte> Mark => "IMB1"u8;

    /// <summary>Gets what projects a feature vector before it is compared.</summary>
    public FeatureProjection Projection { get; }

    /// <summary>Gets the vectors, each of length 1, as they come back from 8 bits.</summary>
    public IReadOnlyList<float[]> Vectors => vectors;

    /// <summary>Creates a bank.</summary>
    /// <param name="projection">What the vectors were projected by.</param>
    /// <param name="projected">The projected vectors, at most <see cref="MostVectors"/>.</param>
    public static FeatureBank Create(FeatureProjection projection, IReadOnlyCollection<float[]> projected)
    {
        ArgumentNullException.ThrowIfNull(projection);
        ArgumentNullException.ThrowIfNull(projected);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(projected.Count, MostVectors);
        return new FeatureBank(projection, [.. projected.SelectMany(Quantize)]);
    }

    /// <summary>Reads a bank; null where the bytes are none for vectors of a width.</summary>
    /// <param name="bytes">What <see cref="ToBytes"/> gave.</param>
    /// <param name="width">Values per feature vector.</param>
    public static FeatureBank? Parse(ReadOnlySpan<byte> bytes, int width)
    {
        FeatureProjection projection = new(width);
        if (bytes.Length < HeaderLength || bytes.Length > MostBytes || !bytes.StartsWith(Mark)
            || BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]) != width
            || BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]) != projection.Values
            || (long)BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]) * projection.Values != bytes.Length - HeaderLength)
        {
            return null;
        }

        return new FeatureBank(projection, MemoryMarshal.Cast<byte, sbyte>(bytes[HeaderLength..]).ToArray());
    }

    /// <summary>Projects a feature vector.</summary>
    /// <param name="features">As many values as the network gives.</param>
    public float[] Project(ReadOnlySpan<float> features) => Projection.Project(features);

    /// <summary>Gets the distance of a projected vector to the nearest of the bank: 1 less their cosine, from 0 to 2.</summary>
    /// <param name="projected">What <see cref="Project"/> gave.</param>
    public float Distance(ReadOnlySpan<float> projected) => Nearest(projected).Distance;

    /// <summary>Gets the nearest vector of the bank, of equals the first, and its distance.</summary>
    /// <param name="projected">What <see cref="Project"/> gave.</param>
    /// <param name="include">Which of the bank's vectors are compared; null for all.</param>
    /// <returns>The place in <see cref="Vectors"/>, -1 where none is compared; its distance is then 2.</returns>
    public (int Place, float Distance) Nearest(ReadOnlySpan<float> projected, Func<int, bool>? include = null)
    {
        (int Place, float Distance) nearest = (-1, 2);
        for (int i = 0; i < vectors.Length; i++)
        {
            if (include?.Invoke(i) == false)
            {
                continue;
            }

            float distance = 1 - TensorPrimitives.Dot(projected, vectors[i]);
            if (distance < nearest.Distance)
            {
                nearest = (i, Math.Max(0, distance));
            }
        }

        return nearest;
    }

    /// <summary>Gets the bank as bytes: a header, then the vectors one after the other.</summary>
    public byte[] ToBytes()
    {
        byte[] bytes = new byte[HeaderLength + quantized.Length];
        Mark.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), Projection.Width);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), Projection.Values);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), vectors.Length);
        MemoryMarshal.AsBytes<sbyte>(quantized).CopyTo(bytes.AsSpan(HeaderLength));
        return bytes;
    }

    /// <summary>Gets a vector in 8 bits a value, in units of its own largest: its length comes back when it is read.</summary>
    internal static sbyte[] Quantize(float[] vector)
    {
        float largest = TensorPrimitives.MaxMagnitude(vector) is var found && found != 0 ? MathF.Abs(found) : 1;
        return Array.ConvertAll(vector, value => (sbyte)MathF.Round(value / largest * Steps));
    }

    /// <summary>Gets the vector of length 1 that <see cref="Quantize"/> was given, but for rounding.</summary>
    internal static float[] Restore(sbyte[] quantized)
    {
        float[] vector = Array.ConvertAll(quantized, value => (float)value);
        FeatureProjection.Normalize(vector);
        return vector;
    }
}
