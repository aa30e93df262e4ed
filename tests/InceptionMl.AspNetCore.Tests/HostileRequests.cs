using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace InceptionMl.AspNetCore.Tests;

/// <summary>Hostile requests by number: the same number is the same request.</summary>
internal sealed class HostileRequests(byte[][] images)
{
    private const int Seed = 6_000_000;

    private static readonly string[] Types =
    [
        "image/jpeg", "image/png", "image/svg+xml", "image/x-unknown", "application/octet-stream", "text/html", "application/json", "application/xml",
        "multipart/form-data", "multipart/form-data; boundary=\"\"", "multipart/mixed; boundary=x", "image/../etc", "a/b; c=\"d", "*/*",
    ];

    private static readonly string[] Names =
    [
        "../../../../etc/passwd", "C:\\Windows\\win.ini", "/dev/null", "con", "a\0b", "\r\nX-Injected: 1", "<script>alert(1)</script>",
        "%2e%2e%2f", "\ud83d\ude00", "", ".", "~root", new string('n', 2_000),
    ];

    public HttpRequestMessage Make(int number)
    {
        Random random = new(Seed + number);
        HttpContent content = (number % 10) switch
        {
            0 or 1 => Raw(Mutated(random), random.Next(2) == 0 ? "image/jpeg" : "application/octet-stream"),
            2 => Raw(Mutated(random), Types[random.Next(Types.Length)]),
            3 => Raw(Lying(random), "image/bmp"),
            4 => Raw(Multipart(random, cut: true), "multipart/form-data; boundary=x"),
            5 => Raw(Multipart(random, cut: false), "multipart/form-data; boundary=x"),
            6 => Raw(Encoding.UTF8.GetBytes(Json(random)), "application/json"),
            7 => Raw(Flip(Encoding.UTF8.GetBytes(Json(random)), random, 4), "application/json; charset=utf-8"),
            8 => Raw(Noise(random, random.Next(500_000)), Types[random.Next(Types.Length)]),
            _ => Raw(Encoding.UTF8.GetBytes(Deep(random)), "application/json"),
        };
        HttpRequestMessage request = new(HttpMethod.Post, "/score") { Content = content };
        request.Headers.TransferEncodingChunked = random.Next(4) == 0 ? true : null;
        return request;
    }

    /// <summary>What no HTTP client would send.</summary>
    public byte[] MakeRaw(int number)
    {
        Random random = new(Seed - 1 - number);
        string head = "POST /score HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
        byte[] body = Mutated(random);
        return (number % 6) switch
        {
            0 => [.. Encoding.ASCII.GetBytes(head + "Content-Type: image/jpeg\r\nContent-Length: 199999\r\n\r\n"), .. body.Take(100)],
            1 => [.. Encoding.ASCII.GetBytes(head + "Content-Type: image/jpeg\r\nContent-Length: 99999999999999\r\n\r\n"), .. body],
            2 => [.. Encoding.ASCII.GetBytes(head + "Content-Type: image/jpeg\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n"), .. body],
            3 => [.. Encoding.ASCII.GetBytes(head + "Content-Type: multipart/form-data; boundary=x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n"), .. body],
            4 => [.. Encoding.ASCII.GetBytes(head + "Content-Type: image/jpeg\r\nContent-Length: -1\r\n\r\n"), .. body],
            _ => [.. Encoding.ASCII.GetBytes(head), .. Noise(random, 2_000)],
        };
    }

    private static ByteArrayContent Raw(byte[] bytes, string type)
    {
        ByteArrayContent content = new(bytes);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return content;
    }

    private static byte[] Flip(byte[] bytes, Random random, int most)
    {
        byte[] flipped = [.. bytes];
        for (int i = random.Next(most + 1); i > 0 && flipped.Length > 0; i--)
        {
            flipped[random.Next(flipped.Length)] = (byte)random.Next(256);
        }

        return flipped;
    }

    private static byte[] Noise(Random random, int length)
    {
        byte[] noise = new byte[length];
        random.NextBytes(noise);
        return noise;
    }

    /// <summary>A BMP whose header promises more than there is.</summary>
    private static byte[] Lying(Random random)
    {
        byte[] file = Encoded.BitmapHeader(random.Next(1, 5_000), random.Next(1, 5_000));
        if (random.Next(4) == 0)
        {
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), int.MaxValue);
        }

        return file;
    }

    private static string Deep(Random random) => random.Next(3) switch
    {
        0 => new string('[', random.Next(1, 50_000)),
        1 => string.Concat(Enumerable.Repeat("{\"images\":", random.Next(1, 5_000))),
        _ => "{\"images\":[" + string.Join(',', Enumerable.Repeat("{\"base64\":\"\"}", random.Next(20))) + "]}",
    };

    private byte[] Mutated(Random random)
    {
        byte[] image = images[random.Next(images.Length)];
        byte[] cut = random.Next(2) == 0 ? image : image[..random.Next(image.Length)];
        return Flip(cut, random, 40);
    }

    private byte[] Multipart(Random random, bool cut)
    {
        List<byte> body = [];
        for (int part = random.Next(1, 11); part > 0; part--)
        {
            string name = Names[random.Next(Names.Length)];
            body.AddRange(Encoding.UTF8.GetBytes(string.Create(
                CultureInfo.InvariantCulture,
                $"--x\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{name}\"\r\nContent-Length: {random.NextInt64()}\r\n\r\n")));
            body.AddRange(random.Next(3) == 0 ? Mutated(random) : Noise(random, random.Next(2_000)));
            body.AddRange("\r\n"u8);
        }

        body.AddRange("--x--\r\n"u8);
        byte[] whole = [.. body];
        return cut ? Flip(whole[..random.Next(whole.Length)], random, 3) : whole;
    }

    private string Json(Random random)
    {
        IEnumerable<string> parts = Enumerable.Range(0, random.Next(1, 11)).Select(_ =>
        {
            string bytes = Convert.ToBase64String(random.Next(3) == 0 ? Mutated(random) : Noise(random, random.Next(2_000)));
            string spoilt = random.Next(2) == 0 ? bytes : bytes.Insert(random.Next(bytes.Length + 1), "!");
            return $$"""{"name":"{{JsonEncodedName(random)}}","base64":"{{spoilt}}"}""";
        });
        return $$"""{"images":[{{string.Join(',', parts)}}]}""";
    }

    private static string JsonEncodedName(Random random) =>
        System.Text.Json.JsonEncodedText.Encode(Names[random.Next(Names.Length)]).ToString();
}
