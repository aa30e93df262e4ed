using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using InceptionMl.Images;

namespace InceptionMl.AspNetCore;

/// <summary>An image out of a JSON string, or what is wrong with it.</summary>
internal sealed class Base64Image : IDisposable
{
    private const string NotBase64 = "is not base64 (RFC 4648, section 4): encode the file's bytes, and put nothing before them";
    private const string DataUri = "is a data URI, not base64 alone: send only what follows its comma";

    private EncodedImage? image;
    private (string Error, ImageRefusal Reason) refused;

    /// <exception cref="JsonException">The value is no string.</exception>
    /// <exception cref="RequestRefusedException">The service holds as much as it may.</exception>
    public static Base64Image Read(ref Utf8JsonReader reader, ImageBatch batch, int maxBytes)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException();
        }

        // An escaped character is longer than the character itself, so this is enough for both.
        int characters = reader.ValueSpan.Length;
        EncodedImage? decoded;
        bool isDataUri;
        if (!reader.ValueIsEscaped)
        {
            decoded = Decode(reader.ValueSpan, batch);
            isDataUri = IsDataUri(reader.ValueSpan);
        }
        else
        {
            using EncodedImage unescaped = EncodedImage.Rent(batch, characters);
            unescaped.Filled(reader.CopyString(unescaped.Room));
            decoded = Decode(unescaped.Bytes.Span, batch);
            isDataUri = IsDataUri(unescaped.Bytes.Span);
        }

        return decoded switch
        {
            null => new Base64Image { refused = (isDataUri ? DataUri : NotBase64, ImageRefusal.NotAnImage) },
            { Bytes.Length: int length } when length > maxBytes => TooLarge(decoded, maxBytes),
            _ => new Base64Image { image = decoded },
        };
    }

    /// <summary>Hands the image over, and with it who disposes it.</summary>
    public void AddTo(ImageBatch batch, string name)
    {
        if (image is null)
        {
            batch.AddRefused(name, refused.Error, refused.Reason);
            return;
        }

        EncodedImage handed = image;
        image = null;
        batch.Add(name, handed);
    }

    public void Dispose() => image?.Dispose();

    private static Base64Image TooLarge(EncodedImage decoded, int maxBytes)
    {
        decoded.Dispose();
        return new Base64Image { refused = (ImageLimit.TooManyBytes(maxBytes), ImageRefusal.TooLarge) };
    }

    private static bool IsDataUri(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> scheme = "data:"u8;
        ReadOnlySpan<byte> start = text.TrimStart(" \t\r\n"u8);
        return start.Length >= scheme.Length && Ascii.EqualsIgnoreCase(start[..scheme.Length], scheme);
    }

    private static EncodedImage? Decode(ReadOnlySpan<byte> text, ImageBatch batch)
    {
        EncodedImage image = EncodedImage.Rent(batch, Base64.GetMaxDecodedFromUtf8Length(text.Length));
        if (Base64.DecodeFromUtf8(text, image.Room, out _, out int written) == OperationStatus.Done)
        {
            image.Filled(written);
            return image;
        }

        image.Dispose();
        return null;
    }
}
