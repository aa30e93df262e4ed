using System.Buffers.Binary;
using System.IO.Compression;
using SkiaSharp;

namespace InceptionMl.Tests.Images;

/// <summary>Image files made here, by Skia's encoders where it has them and byte by byte where it has none.</summary>
internal static class EncodedImages
{
    public delegate SKColor Painter(int x, int y);

    public static SKBitmap Paint(int width, int height, Painter color, SKColorSpace? space = null)
    {
        SKBitmap bitmap = new(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul, space));
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                bitmap.SetPixel(x, y, color(x, y));
            }
        }

        return bitmap;
    }

    public static byte[] Encode(int width, int height, Painter color, SKEncodedImageFormat format, int quality = 100)
    {
        using SKBitmap bitmap = Paint(width, height, color);
        using SKData data = bitmap.Encode(format, quality);
        return data.ToArray();
    }

    /// <summary>A smooth, asymmetric picture.</summary>
    public static SKColor Gradient(int x, int y) => new((byte)(x * 3), (byte)(y * 2), (byte)((x * y / 7) + 20));

    public static byte[] OfFormat(string format, int width, int height) => format switch
    {
        "jpeg" => Encode(width, height, Gradient, SKEncodedImageFormat.Jpeg, 90),
        "png" => Encode(width, height, Gradient, SKEncodedImageFormat.Png),
        "webp" => Encode(width, height, Gradient, SKEncodedImageFormat.Webp, 80),
        "bmp" => Bmp(width, height, Gradient),
        _ => Gif(width, height, (x, y) => (byte)((x + y) % 4), 1),
    };

    /// <summary>A Windows bitmap, 24 bits a pixel.</summary>
    public static byte[] Bmp(int width, int height, Painter color)
    {
        int stride = ((width * 3) + 3) / 4 * 4;
        byte[] file = new byte[54 + (stride * height)];
        "BM"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(2), file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(10), 54);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), height);
        file[26] = 1;
        file[28] = 24;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                SKColor c = color(x, y);
                ((ReadOnlySpan<byte>)[c.Blue, c.Green, c.Red]).CopyTo(file.AsSpan(54 + ((height - 1 - y) * stride) + (x * 3)));
            }
        }

        return file;
    }

    /// <summary>
    /// A GIF of the palette red, green, blue, white. Its LZW codes are bytes: cleared so often that they never grow.
    /// Frame f shows index (pixel + f) % 4.
    /// </summary>
    public static byte[] Gif(int width, int height, Func<int, int, byte> index, int frames)
    {
        using MemoryStream file = new();
        file.Write("GIF89a"u8);
        file.Write([(byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8), 0xF6, 0, 0]);
        byte[] palette = new byte[128 * 3];
        ((ReadOnlySpan<byte>)[255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255]).CopyTo(palette);
        file.Write(palette);
        for (int frame = 0; frame < frames; frame++)
        {
            file.Write([0x21, 0xF9, 4, 0, 10, 0, 0, 0, 0x2C, 0, 0, 0, 0]);
            file.Write([(byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8), 0, 7]);
            for (int at = 0; at < width * height; at += 100)
            {
                int count = Math.Min(100, (width * height) - at);
                file.Write([(byte)(count + 1), 128]);
                for (int i = at; i < at + count; i++)
                {
                    file.WriteByte((byte)((index(i % width, i / width) + frame) % 4));
                }
            }

            file.Write([1, 129, 0]);
        }

        file.WriteByte(0x3B);
        return file.ToArray();
    }

    /// <summary>A white GIF in the fewest codes: each stands for one pixel more than the one before, up to the last the table holds.</summary>
    public static byte[] PlainGif(int width, int height)
    {
        const int Clear = 4, First = 6, Last = 4095;
        List<byte> codes = [];
        (int pending, int pendingBits, int size) = (0, 0, 3);
        void Emit(int code)
        {
            pending |= code << pendingBits;
            for (pendingBits += size; pendingBits >= 8; pendingBits -= 8, pending >>= 8)
            {
                codes.Add((byte)pending);
            }
        }

        Emit(Clear);
        int left = width * height;
        for (int made = 0; left > 0; made++)
        {
            // The first code is the pixel itself; code First + n stands for n + 2 of them, and is known when it is met.
            int code = Math.Min(made == 0 ? 0 : First + made - 1, Last);
            int length = code == 0 ? 1 : code - First + 2;
            code = length <= left ? code : left == 1 ? 0 : First + left - 2;
            Emit(code);
            left -= Math.Min(length, left);
            size = Math.Clamp(int.Log2(First + made) + 1, 3, 12);
        }

        Emit(Clear + 1);
        codes.AddRange((byte)pending, (byte)(pending >> 8));
        return
        [
            .. "GIF89a"u8, (byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8), 0x80, 0, 0, 255, 255, 255, 0, 0, 0,
            0x2C, 0, 0, 0, 0, (byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8), 0,
            2, .. codes.Chunk(255).SelectMany(block => (byte[])[(byte)block.Length, .. block]), 0, 0x3B,
        ];
    }

    /// <summary>A bitmap of one color in runs of 250 pixels.</summary>
    public static byte[] PlainRunLengthBmp(int width, int height)
    {
        byte[] row = [.. Enumerable.Repeat((byte[])[250, 0], width / 250).SelectMany(run => run), 0, 0];
        byte[] file = [.. new byte[58], .. Enumerable.Repeat(row, height).SelectMany(runs => runs), 0, 1];
        "BM"u8.CopyTo(file);
        foreach ((int at, int value) in (ReadOnlySpan<(int, int)>)[(2, file.Length), (10, 58), (14, 40), (18, width), (22, height), (30, 1), (46, 1)])
        {
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);
        }

        (file[26], file[28]) = (1, 8);
        return file;
    }

    /// <summary>A PNG of the given depth and color type, its rows given raw and unfiltered.</summary>
    public static byte[] Png(int width, int height, byte depth, byte colorType, byte[][] rows)
    {
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (depth, colorType);
        using MemoryStream packed = new();
        using (ZLibStream zlib = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            foreach (byte[] row in rows)
            {
                zlib.Write([0, .. row]);
            }
        }

        return [0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR"u8, header), .. Chunk("IDAT"u8, packed.ToArray()), .. Chunk("IEND"u8, [])];
    }

    /// <summary>A flat JPEG of four components in Adobe's inverted CMYK: one DC coefficient a block, no AC.</summary>
    public static byte[] CmykJpeg(int blocks, params byte[] stored)
    {
        using MemoryStream file = new();
        byte side = (byte)(blocks * 8);
        file.Write([0xFF, 0xD8, 0xFF, 0xEE, 0, 14, .. "Adobe"u8, 0, 100, 0, 0, 0, 0, 0]);
        file.Write([0xFF, 0xDB, 0, 67, 0, .. Enumerable.Repeat((byte)1, 64)]);
        file.Write([0xFF, 0xC0, 0, 20, 8, 0, side, 0, side, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0]);
        file.Write([0xFF, 0xC4, 0, 31, 0x00, 0, 0, 0, 12, .. new byte[12], 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
        file.Write([0xFF, 0xC4, 0, 20, 0x10, 1, .. new byte[15], 0]);
        file.Write([0xFF, 0xDA, 0, 14, 4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0]);
        List<bool> bits = [];
        int[] before = new int[4];
        for (int i = 0; i < blocks * blocks * 4; i++)
        {
            int dc = (stored[i % 4] - 128) * 8;
            int difference = dc - before[i % 4];
            before[i % 4] = dc;
            int size = difference == 0 ? 0 : (int)Math.Log2(Math.Abs(difference)) + 1;
            Append(bits, size, 4);
            Append(bits, difference < 0 ? difference + (1 << size) - 1 : difference, size);
            Append(bits, 0, 1);
        }

        while (bits.Count % 8 != 0)
        {
            bits.Add(true);
        }

        for (int i = 0; i < bits.Count; i += 8)
        {
            byte value = (byte)Enumerable.Range(i, 8).Aggregate(0, (sum, bit) => (sum << 1) | (bits[bit] ? 1 : 0));
            file.Write(value == 0xFF ? [value, 0] : [value]);
        }

        file.Write([0xFF, 0xD9]);
        return file.ToArray();
    }

    /// <summary>The same JPEG with an EXIF orientation tag put in front.</summary>
    public static byte[] WithOrientation(byte[] jpeg, byte orientation) =>
    [
        0xFF, 0xD8, 0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. "MM\0*\0\0\0\b"u8, 0, 1,
        0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0, .. jpeg[2..],
    ];

    private static void Append(List<bool> bits, int value, int count)
    {
        for (int bit = count - 1; bit >= 0; bit--)
        {
            bits.Add(((value >> bit) & 1) == 1);
        }
    }

    private static byte[] Chunk(ReadOnlySpan<byte> name, byte[] content)
    {
        byte[] chunk = [0, 0, 0, 0, .. name, .. content, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        uint crc = 0xFFFFFFFF;
        foreach (byte value in chunk.AsSpan(4, content.Length + 4))
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(content.Length + 8), ~crc);
        return chunk;
    }
}
