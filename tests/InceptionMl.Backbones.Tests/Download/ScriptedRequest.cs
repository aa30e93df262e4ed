using System.Globalization;
using System.Text;

namespace InceptionMl.Backbones.Tests.Download;

/// <summary>A request under way.</summary>
internal sealed record ScriptedRequest(string[] Lines, Stream Stream, CancellationToken Closing)
{
    /// <summary>A header's value; null where the request has none of it.</summary>
    public string? Header(string name) => Lines
        .FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();

    /// <summary>The first byte that the request's Range asks for; 0 without one.</summary>
    public int From => Header("Range") is { } range ? int.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture) : 0;

    /// <summary>Sends a head; the connection is always the request's own.</summary>
    public async Task HeadAsync(string status, params string[] headers) =>
        await SendAsync(Encoding.ASCII.GetBytes(string.Join("\r\n", [$"HTTP/1.1 {status}", .. headers, "Connection: close", "", ""])));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        await Stream.WriteAsync(bytes, Closing);
        await Stream.FlushAsync(Closing);
    }

    /// <summary>Sends nothing more and stays on the line.</summary>
    public Task FallSilentAsync() => Task.Delay(Timeout.Infinite, Closing);
}
