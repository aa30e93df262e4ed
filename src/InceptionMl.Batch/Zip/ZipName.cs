using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using System.Text.Unicode;
using InceptionMl.Zip;

namespace InceptionMl.Batch.Zip;

/// <summary>Reads an entry's name as it was written (APPNOTE.TXT appendix D, and 4.6.9 for the field that repeats it in Unicode).</summary>
internal static class ZipName
{
    private const int IsUtf8 = 1 << 11;
    private const ushort UnicodePath = 0x7075;
    private const int UnicodePathLead = 5;

    private static readonly Encoding CodePage437 = CodePagesEncodingProvider.Instance.GetEncoding(437)!;

    public static string Read(ReadOnlySpan<byte> name, int flags, ReadOnlySpan<byte> extra)
    {
        if ((flags & IsUtf8) != 0)
        {
            return Encoding.UTF8.GetString(name);
        }

        // A program that renamed the entry without knowing the field leaves the old name there: the checksum tells.
        ReadOnlySpan<byte> unicode = ZipExtra.Find(extra, UnicodePath);
        if (unicode.Length > UnicodePathLead && unicode[0] == 1 && BinaryPrimitives.ReadUInt32LittleEndian(unicode[1..]) == Crc32.HashToUInt32(name))
        {
            return Encoding.UTF8.GetString(unicode[UnicodePathLead..]);
        }

        // The Finder writes UTF-8 and does not say so; what is valid UTF-8 is hardly ever anything else.
        return (Utf8.IsValid(name) ? Encoding.UTF8 : CodePage437).GetString(name);
    }
}
