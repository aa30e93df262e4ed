using System.Text;
using System.Text.Json;

namespace InceptionMl.AspNetCore;

/// <summary><c>{"images":[{"name":"..","base64":".."}]}</c>. Properties of other names are passed over.</summary>
internal static class JsonImages
{
    private const int MaxDepth = 16;

    // A name comes back in the answer, up to six times as long where each of its characters is escaped.
    private const int LongestName = 1024;

    private enum Property
    {
        End,
        Images,
        Name,
        Base64,
        Other,
    }

    /// <exception cref="RequestRefusedException">The body is no such JSON, or has too many images or none.</exception>
    public static async Task ReadAsync(Stream body, ImageBatch batch, ImageScoringOptions options, CancellationToken cancellationToken)
    {
        using EncodedImage json = await EncodedImage.ReadAsync(body, batch, options.MaxRequestBytes, cancellationToken).ConfigureAwait(false)
            ?? throw RequestBody.TooLong(options.MaxRequestBytes);
        try
        {
            Read(json.Bytes.Span, batch, options);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw RequestRefusedException.Malformed("""The body is no JSON of the form {"images":[{"name":"..","base64":".."}]}.""");
        }

        if (batch.Count == 0)
        {
            throw RequestRefusedException.Malformed("The body has no images: send at least one.");
        }
    }

    private static void Read(ReadOnlySpan<byte> json, ImageBatch batch, ImageScoringOptions options)
    {
        Utf8JsonReader reader = new(json.StartsWith("\uFEFF"u8) ? json[3..] : json, new JsonReaderOptions { MaxDepth = MaxDepth });
        Require(ref reader, JsonTokenType.StartObject);
        while (ReadProperty(ref reader) is var property and not Property.End)
        {
            if (property != Property.Images)
            {
                reader.Skip();
                continue;
            }

            if (reader.TokenType != JsonTokenType.StartArray)
            {
                throw new JsonException();
            }

            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                ReadImage(ref reader, batch, options);
            }
        }

        if (reader.Read())
        {
            throw new JsonException();
        }
    }

    private static void ReadImage(ref Utf8JsonReader reader, ImageBatch batch, ImageScoringOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException();
        }

        ImageLimit.ThrowIfFull(batch, options);

        string name = FormattableString.Invariant($"image {batch.Count + 1}");
        Base64Image? image = null;
        try
        {
            while (ReadProperty(ref reader) is var property and not Property.End)
            {
                switch (property)
                {
                    case Property.Name:
                        name = ReadName(ref reader, name) is { Length: > 0 } given ? given : name;
                        break;
                    case Property.Base64:
                        image?.Dispose();
                        image = Base64Image.Read(ref reader, batch, options.MaxImageBytes);
                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }

            (image ?? throw RequestRefusedException.Malformed($"The body's {name} has no base64: put the image's bytes there.")).AddTo(batch, name);
        }
        catch
        {
            image?.Dispose();
            throw;
        }
    }

    private static string? ReadName(ref Utf8JsonReader reader, string unnamed) => reader.ValueSpan.Length <= LongestName
        ? reader.GetString()
        : throw RequestRefusedException.Malformed(FormattableString.Invariant(
            $"The body's {unnamed} has a name of more than {LongestName:N0} bytes: send a shorter one."));

    /// <summary>Moves to the value of the object's next property, or to the object's end.</summary>
    private static Property ReadProperty(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
        {
            throw new JsonException();
        }

        if (reader.TokenType == JsonTokenType.EndObject)
        {
            return Property.End;
        }

        // A name that is none of these is not made into a string, however long it is.
        Property property = NameEquals(reader, "images"u8) ? Property.Images
            : NameEquals(reader, "name"u8) ? Property.Name
            : NameEquals(reader, "base64"u8) ? Property.Base64
            : Property.Other;
        return reader.Read() ? property : throw new JsonException();
    }

    // In any case: .NET clients without web defaults write Images, Name and Base64.
    private static bool NameEquals(in Utf8JsonReader reader, ReadOnlySpan<byte> name) =>
        reader.ValueIsEscaped ? reader.ValueTextEquals(name) : Ascii.EqualsIgnoreCase(reader.ValueSpan, name);

    private static void Require(ref Utf8JsonReader reader, JsonTokenType token)
    {
        if (!reader.Read() || reader.TokenType != token)
        {
            throw new JsonException();
        }
    }
}
