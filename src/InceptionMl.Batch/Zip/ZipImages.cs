using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using System.Text.Unicode;
using InceptionMl.Batch.Internal;
using InceptionMl.Images.Internal;
using InceptionMl.Zip;
using Microsoft.Win32.SafeHandles;

namespace InceptionMl.Batch;

/// <summary>The images in a zip archive, read in place: nothing is unpacked to the disk, and an entry's name decides nothing.</summary>
internal sealed class ZipImages : IBatchSource
{
    public bool HasName(string path) => TableFile.HasExtension(path, ".zip");

    public bool CanRead(string argument) => TableFile.IsPossible(argument) && (HasName(argument) || TableFile.IsZip(TableFile.Head(argument)));

    public IAsyncEnumerable<BatchInput> ReadAsync(string archive, BatchOptions options, InputTally tally, CancellationToken cancellationToken) =>
        Read(archive, options, tally, cancellationToken).ToAsyncEnumerable();

    /// <summary>Its images, in the order of the archive's directory, each <c>ARCHIVE.zip!/ENTRY</c>.</summary>
    /// <exception cref="InvalidDataException">The archive as a whole cannot be read, or not from here on.</exception>
    private static IEnumerable<BatchInput> Read(string archive, BatchOptions options, InputTally tally, CancellationToken cancellationToken)
    {
        using SafeFileHandle file = File.OpenHandle(archive);
        ZipDirectory directory = ZipDirectory.Find(new FileWindow(file, 0, RandomAccess.GetLength(file)));
        if (directory.Entries > options.MaxArchiveEntries)
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"states {directory.Entries:N0} entries, more than the limit of {options.MaxArchiveEntries:N0}: split the archive"));
        }

        ZipContent content = new(file, directory, options);
        HashSet<ulong> names = [];
        long packed = 0;
        int archives = 0;
        foreach (ZipRecord record in directory.Records())
        {
            cancellationToken.ThrowIfCancellationRequested();
            packed += Math.Min(record.Packed, directory.Offset + 1);
            if (packed > directory.Offset)
            {
                throw new InvalidDataException("is a zip archive whose entries overlap, as a zip bomb's do; the others were not read");
            }

            string name = ZipName.Read(record.NameBytes, record.Flags, record.Extra);
            if (name.EndsWith('/'))
            {
                continue;
            }

            if (IsHidden(name) || !IsImage(name, record, content, ref archives))
            {
                tally.Ignore();
                continue;
            }

            // Of a name its hash is enough: a million of them take little.
            bool isNew = names.Add(XxHash64.HashToUInt64(record.NameBytes));
            yield return isNew ? Image(Shown(archive, name), record, content)
                : BatchInput.Unusable(Shown(archive, name), "stands in the archive more than once; the first was taken");
        }

        if (archives > 0)
        {
            tally.Warn(DiagnosticIds.NestedArchives, FormattableString.Invariant($"'{archive}' holds {(archives == 1 ? "an archive, which was not opened: unpack it first" : $"{archives} archives, which were not opened: unpack them first")}."), archive);
        }
    }

    private static BatchInput Image(string name, ZipRecord record, ZipContent content)
    {
        try
        {
            return BatchInput.InMemory(name, content.Read(record));
        }
        catch (InvalidDataException exception)
        {
            return BatchInput.Unusable(name, exception.Message);
        }
    }

    private static bool IsImage(string name, ZipRecord record, ZipContent content, ref int archives)
    {
        if (ImageSignature.HasImageExtension(name))
        {
            return true;
        }

        ReadOnlySpan<byte> head = content.Head(record, ImageSignature.HeadLength);
        archives += head.StartsWith("PK\u0003\u0004"u8) ? 1 : 0;
        return ImageSignature.IsImage(head);
    }

    private static bool IsHidden(string name) =>
        name.Split('/').Any(part => SystemFolders.Contains(part) || (part.StartsWith('.') && part is not ("." or "..")));

    // A name may hold what moves a terminal's cursor or breaks a line.
    private static string Shown(string archive, string name) =>
        $"{archive}!/{string.Concat(name.Select(c => char.IsControl(c) ? '\uFFFD' : c))}";
}

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
