using System.Buffers.Binary;
using System.IO.Compression;
using CsCheck;
using InceptionMl.Images;
using InceptionMl.TestSupport;

namespace InceptionMl.Batch.Tests;

public sealed class ZipImagesTests : IDisposable
{
    private static readonly byte[] Directory = [(byte)'P', (byte)'K', 1, 2];
    private static readonly byte[] End = [(byte)'P', (byte)'K', 5, 6];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Images_are_read_in_place_by_name_or_content_and_the_rest_is_counted()
    {
        byte[] inner = await File.ReadAllBytesAsync(Batches.Zip(folder, ("x.jpg", Batches.Image)), TestContext.Current.CancellationToken);
        File.Delete(folder.At("images.zip"));
        string zip = Batches.Zip(folder, ("b/a.jpg", Batches.Image), ("b/", []), ("plain", Batches.Image), ("readme.txt", "text"u8.ToArray()), (".hidden.jpg", Batches.Image), ("inner.zip", inner));
        InputTally tally = new();

        List<BatchInput> inputs = await Batches.ReadAsync(new BatchOptions(), tally, zip);

        Assert.Equal([zip + "!/b/a.jpg", zip + "!/plain"], inputs.Select(i => i.Path));
        Assert.All(inputs, i => Assert.Equal(Batches.Image, i.Image.Bytes!.Value.ToArray()));
        Assert.Equal(3, tally.Ignored);
        Assert.Contains("holds an archive, which was not opened: unpack it first", Assert.Single(tally.Diagnostics).Message, StringComparison.Ordinal);
        Assert.Equal([zip], System.IO.Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Names_that_lead_elsewhere_are_only_names()
    {
        string zip = Batches.Zip(folder, ("../../up.jpg", Batches.Image), ("/root.jpg", Batches.Image), ("C:\\x.jpg", Batches.Image), ("e\u001b[2Jl\n.jpg", Batches.Image));

        List<BatchInput> inputs = await Batches.ReadAsync(zip);

        Assert.Equal([zip + "!/../../up.jpg", zip + "!//root.jpg", zip + "!/C:\\x.jpg", zip + "!/e\uFFFD[2Jl\uFFFD.jpg"], inputs.Select(i => i.Path));
        Assert.All(inputs, i => Assert.Null(i.Image.Error));
        Assert.Equal([zip], System.IO.Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_repeated_name_is_an_error_and_the_first_stays()
    {
        string zip = Batches.Zip(folder, ("a.jpg", Batches.Image), ("a.jpg", Batches.Image), ("b.jpg", Batches.Image));

        List<BatchInput> inputs = await Batches.ReadAsync(zip);

        Assert.Equal([null, "stands in the archive more than once; the first was taken", null], inputs.Select(i => i.Image.Error));
    }

    [Theory]
    [InlineData(8, 1, "is encrypted")]
    [InlineData(10, 12, "is packed by method 12")]
    [InlineData(16, 77, "have not the checksum")]
    [InlineData(27, 60, "states 1,00")]
    [InlineData(24, 0, "it holds more than")]
    [InlineData(45, 1, "it does not stand where the archive says")]
    public async Task A_damaged_or_refused_entry_is_an_error_and_the_rest_goes_on(int field, byte value, string error)
    {
        string zip = Batches.Zip(folder, ("a.jpg", Batches.Image), ("b.jpg", Batches.Image));
        byte[] bytes = await File.ReadAllBytesAsync(zip, TestContext.Current.CancellationToken);
        bytes[bytes.AsSpan().IndexOf(Directory) + field] = value;
        await File.WriteAllBytesAsync(zip, bytes, TestContext.Current.CancellationToken);

        List<BatchInput> inputs = await Batches.ReadAsync(zip);

        Assert.Equal([zip + "!/a.jpg", zip + "!/b.jpg"], inputs.Select(i => i.Path));
        Assert.Contains(error, inputs[0].Image.Error, StringComparison.Ordinal);
        Assert.Null(inputs[1].Image.Error);
    }

    [Fact]
    public async Task A_bomb_is_told_by_its_ratio_before_it_is_unpacked()
    {
        string zip = Batches.Zip(folder, ("bomb.bmp", new byte[2 << 20]), ("a.jpg", Batches.Image));
        byte[] bytes = await File.ReadAllBytesAsync(zip, TestContext.Current.CancellationToken);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(bytes.AsSpan().IndexOf(Directory) + 24), 64 << 20);
        await File.WriteAllBytesAsync(zip, bytes, TestContext.Current.CancellationToken);
        long before = GC.GetTotalAllocatedBytes(precise: true);

        List<BatchInput> inputs = await Batches.ReadAsync(zip);

        Assert.Contains("as a zip bomb does", inputs[0].Image.Error, StringComparison.Ordinal);
        Assert.Null(inputs[1].Image.Error);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 16 << 20);
    }

    [Fact]
    public async Task A_bitmap_of_one_color_is_no_bomb()
    {
        string path = folder.At("images.zip");
        using (ZipArchive zip = await ZipFile.OpenAsync(path, ZipArchiveMode.Create, TestContext.Current.CancellationToken))
        {
            await using Stream entry = await zip.CreateEntry("white.bmp", CompressionLevel.SmallestSize).OpenAsync(TestContext.Current.CancellationToken);
            await entry.WriteAsync(new byte[24 << 20], TestContext.Current.CancellationToken);
        }

        BatchInput only = Assert.Single(await Batches.ReadAsync(path));

        Assert.Null(only.Image.Error);
        Assert.Equal(24 << 20, only.HeldBytes);
    }

    [Fact]
    public async Task Names_in_the_code_page_of_old_archives_are_read_and_told_apart()
    {
        string zip = Batches.Zip(folder, ("1.jpg", Batches.Image), ("2.jpg", Batches.Image), ("3.jpg", Batches.Image));
        byte[] bytes = await File.ReadAllBytesAsync(zip, TestContext.Current.CancellationToken);

        // In code page 437: a umlaut, o umlaut and, for the last, the first again.
        Rename(bytes, "1.jpg", 0x84);
        Rename(bytes, "2.jpg", 0x94);
        Rename(bytes, "3.jpg", 0x84);
        await File.WriteAllBytesAsync(zip, bytes, TestContext.Current.CancellationToken);

        List<BatchInput> inputs = await Batches.ReadAsync(zip);

        Assert.Equal([zip + "!/\u00E4.jpg", zip + "!/\u00F6.jpg", zip + "!/\u00E4.jpg"], inputs.Select(i => i.Path));
        Assert.Equal([null, null, "stands in the archive more than once; the first was taken"], inputs.Select(i => i.Image.Error));
    }

    [Theory]
    [InlineData("\u00E9t\u00E9.jpg", false)]
    [InlineData("\u00E9t\u00E9.jpg", true)]
    public void Names_in_utf8_are_read_whether_or_not_they_say_so(string name, bool said) =>
        Assert.Equal(name, ZipName.Read(System.Text.Encoding.UTF8.GetBytes(name), said ? 1 << 11 : 0, []));

    [Fact]
    public void The_name_that_an_extra_field_repeats_in_unicode_is_taken_while_it_is_of_this_name()
    {
        byte[] name = [0x84, (byte)'.', (byte)'j', (byte)'p', (byte)'g'];
        byte[] field = [0x75, 0x70, 12, 0, 1, 0, 0, 0, 0, .. "\u65E5.jpg"u8];
        BinaryPrimitives.WriteUInt32LittleEndian(field.AsSpan(5), System.IO.Hashing.Crc32.HashToUInt32(name));

        Assert.Equal("\u65E5.jpg", ZipName.Read(name, 0, field));
        Assert.Equal("\u00E4.jpg", ZipName.Read(name, 0, field.AsSpan(0, 8)));
        field[5] ^= 1;
        Assert.Equal("\u00E4.jpg", ZipName.Read(name, 0, field));
    }

    [Fact]
    public async Task Entries_that_share_their_bytes_end_the_archive()
    {
        string zip = Batches.Zip(folder, ("a.jpg", Batches.Image), ("b.jpg", Batches.Image), ("c.jpg", Batches.Image));
        byte[] bytes = await File.ReadAllBytesAsync(zip, TestContext.Current.CancellationToken);
        int directory = bytes.AsSpan().IndexOf(Directory);
        Span<byte> entry = bytes.AsSpan(directory, 46 + 5);
        uint whole = (uint)directory - 40;
        BinaryPrimitives.WriteUInt32LittleEndian(entry[20..], whole);
        await File.WriteAllBytesAsync(zip, bytes, TestContext.Current.CancellationToken);

        List<BatchInput> inputs = await Batches.ReadAsync(zip);

        Assert.Contains("overlap", inputs[^1].Image.Error, StringComparison.Ordinal);
        Assert.Equal(zip, inputs[^1].Path);
    }

    [Fact]
    public async Task An_archive_with_more_entries_than_allowed_is_refused_before_any_is_read()
    {
        string zip = Batches.Zip(folder, ("a.jpg", Batches.Image), ("b.jpg", Batches.Image));

        BatchInput only = Assert.Single(await Batches.ReadAsync(new BatchOptions { MaxArchiveEntries = 1 }, null, zip));

        Assert.Contains("states 2 entries, more than the limit of 1", only.Image.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_larger_than_an_image_may_be_is_refused()
    {
        string zip = Batches.Zip(folder, ("a.jpg", Batches.Image));

        BatchInput only = Assert.Single(await Batches.ReadAsync(new BatchOptions { Limits = new ImageLimits { MaxFileBytes = 100 } }, null, zip));

        Assert.Contains("more than the limit of 100", only.Image.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_archive_that_is_cut_off_is_one_error()
    {
        string zip = Batches.Zip(folder, ("a.jpg", Batches.Image));
        byte[] bytes = await File.ReadAllBytesAsync(zip, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(zip, bytes[..^30], TestContext.Current.CancellationToken);

        BatchInput only = Assert.Single(await Batches.ReadAsync(zip));

        Assert.Equal(zip, only.Path);
        Assert.Contains("cut off", only.Image.Error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task An_archive_that_another_program_wrote_in_zip64_is_read()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "needs python3");
        string zip = folder.At("big.zip");
        string image = folder.Write("a.jpg", Batches.Image);
        string code = "import sys,zipfile\nz=zipfile.ZipFile(sys.argv[1],'w')\nfor i in range(66000): z.writestr('t/%d.txt'%i,b'')\nwith z.open('a.jpg','w',force_zip64=True) as f: f.write(open(sys.argv[2],'rb').read())\nz.close()";
        using (System.Diagnostics.Process python = System.Diagnostics.Process.Start("/usr/bin/python3", ["-c", code, zip, image]))
        {
            await python.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        InputTally tally = new();
        BatchInput only = Assert.Single(await Batches.ReadAsync(new BatchOptions(), tally, zip));

        Assert.Equal(Batches.Image, only.Image.Bytes!.Value.ToArray());
        Assert.Equal(66_000, tally.Ignored);
    }

    private static void Rename(byte[] archive, string name, byte first)
    {
        byte[] from = System.Text.Encoding.ASCII.GetBytes(name);
        for (int at = archive.AsSpan().IndexOf(from); at >= 0; at = archive.AsSpan().IndexOf(from))
        {
            archive[at] = first;
        }
    }

    [Fact]
    public void Changed_bytes_give_images_or_errors_and_nothing_else()
    {
        byte[] small = Batches.Image[..300];
        byte[] whole = File.ReadAllBytes(Batches.Zip(folder, ("a.jpg", small), ("b.png", new byte[2000]), ("c", small)));
        int directory = whole.AsSpan().IndexOf(Directory);
        int end = whole.AsSpan().IndexOf(End);
        Gen<int> place = Gen.OneOf(Gen.Int[0, whole.Length - 1], Gen.Int[directory, whole.Length - 1], Gen.Int[end, whole.Length - 1]);
        Gen.Select(place, Gen.OneOf(Gen.Byte, Gen.Const((byte)0xFF), Gen.Const((byte)0))).Array[1, 6].Sample(changes =>
        {
            byte[] bytes = [.. whole];
            foreach ((int at, byte to) in changes)
            {
                bytes[at] = to;
            }

            string path = folder.Write($"{Guid.NewGuid():N}.zip", bytes);
            List<BatchInput> inputs = Batches.ReadAsync(path).GetAwaiter().GetResult();
            Assert.All(inputs, input => Assert.StartsWith(path, input.Path, StringComparison.Ordinal));
            File.Delete(path);
        }, iter: 2000);
    }
}
