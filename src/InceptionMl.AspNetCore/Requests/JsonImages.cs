using System.Text.Json;
using InceptionMl.AspNetCore.Queue;

namespace InceptionMl.AspNetCore.Requests;

/// <summary><c>{"images":[{"name":"..","base64":".."}]}</c>. Properties of other names are passed over.</summary>
internal static class JsonImages
{
    private const int MaxDepth = 16;

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
        while (ReadProperty(ref reader) is { } property)
        {
            if (property != "images")
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
            while (ReadProperty(ref reader) is { } property)
            {
                switch (property)
                {
                    case "name":
                        name = reader.GetString() is { Length: > 0 } given ? given : name;
                        break;
                    case "base64":
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

    /// <summary>Moves to the value of the object's next property.</summary>
    /// <returns>Its name; null at the object's end.</returns>
    private static string? ReadProperty(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
        {
            throw new JsonException();
        }

        if (reader.TokenType == JsonTokenType.EndObject)
        {
            return null;
        }

        string? name = reader.GetString();
        return reader.Read() ? name : throw new JsonException();
    }

    private static void Require(ref Utf8JsonReader reader, JsonTokenType token)
    {
        if (!reader.Read() || reader.TokenType != token)
        {
            throw new JsonException();
        }
    }
}
