using System.Buffers.Binary;

namespace InceptionMl.Zip;

/// <summary>An entry's extra fields (APPNOTE.TXT 4.5).</summary>
internal static class ZipExtra
{
    /// <summary>Gets the content of the first field of a kind; nothing where there is none.</summary>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> fields, ushort kind)
    {
        while (fields.Length >= 4)
        {
            int size = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(fields[2..]), fields.Length - 4);
            if (BinaryPrimitives.ReadUInt16LittleEndian(fields) == kind)
            {
                return fields.Slice(4, size);
            }

            fields = fields[(4 + size)..];
        }

        return [];
    }
}
