using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace InceptionMl.Networks.Weights;

/// <summary>What the elements of a tensor are in its file.</summary>
internal enum ElementType
{
    Float32,
    Float16,
    BFloat16,
    Float64,
    Int64,
    Int32,
    Int16,
    Int8,
    UInt8,
    Boolean,
}

/// <summary>Little-endian elements of a file as float32, rounded to the nearest where they are wider.</summary>
internal static class ElementConversion
{
    public static int Size(this ElementType type) => type switch
    {
        ElementType.Float64 or ElementType.Int64 => 8,
        ElementType.Float32 or ElementType.Int32 => 4,
        ElementType.Float16 or ElementType.BFloat16 or ElementType.Int16 => 2,
        _ => 1,
    };

    public static void Convert(this ElementType type, ReadOnlySpan<byte> bytes, Span<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = type.Single(bytes.Slice(i * type.Size(), type.Size()));
        }
    }

    private static float Single(this ElementType type, ReadOnlySpan<byte> bytes) => type switch
    {
        ElementType.Float32 => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        ElementType.Float16 => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes),
        ElementType.BFloat16 => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadInt16LittleEndian(bytes) << 16),
        ElementType.Float64 => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        ElementType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        ElementType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        ElementType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        ElementType.Int8 => (sbyte)bytes[0],
        _ => bytes[0],
    };

    /// <summary>Reads elements from a stream, through a small buffer where they are no float32 already.</summary>
    public static float[] Read(this ElementType type, Stream stream, long offset, int count)
    {
        float[] values = new float[count];
        stream.Position = offset;
        if (type == ElementType.Float32 && BitConverter.IsLittleEndian)
        {
            stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
            return values;
        }

        byte[] buffer = new byte[Math.Min(count, 8192) * type.Size()];
        for (int done = 0; done < count;)
        {
            int now = Math.Min(count - done, 8192);
            Span<byte> bytes = buffer.AsSpan(0, now * type.Size());
            stream.ReadExactly(bytes);
            type.Convert(bytes, values.AsSpan(done, now));
            done += now;
        }

        return values;
    }
}
