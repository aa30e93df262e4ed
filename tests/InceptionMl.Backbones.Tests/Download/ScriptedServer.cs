using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace InceptionMl.Backbones.Tests.Download;

/// <summary>
/// An HTTP/1.1 server on this machine that answers its first request by its first script, and so on; the last script answers all that
/// follow. It speaks raw bytes, so that it can misbehave as real servers and the networks before them do.
/// </summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource closing = new();
    private readonly Func<ScriptedRequest, Task>[] scripts;
    private readonly Task accepting;

    public ScriptedServer(params Func<ScriptedRequest, Task>[] scripts)
    {
        this.scripts = scripts;
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/weights.bin"));
        accepting = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>The requests so far, each as its lines.</summary>
    public ConcurrentQueue<string[]> Requests { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();

        // Only then may the listener stop: accepting on a stopped one is an error of its own.
        await accepting;
        listener.Dispose();
        closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> answers = [];
        try
        {
            while (true)
            {
                answers.Add(AnswerAsync(await listener.AcceptTcpClientAsync(closing.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }

        await Task.WhenAll(answers);
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                NetworkStream stream = client.GetStream();
                string[] lines = await ReadLinesAsync(stream);
                Requests.Enqueue(lines);
                int number = Math.Min(Requests.Count, scripts.Length) - 1;
                await scripts[number](new ScriptedRequest(lines, stream, closing.Token));

                // What was sent arrives before the end does: closing at once may reset the connection and lose it.
                client.Client.Shutdown(SocketShutdown.Send);
                await stream.CopyToAsync(Stream.Null, closing.Token);
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
            {
                // The client hung up, or the test is over.
            }
        }
    }

    private async Task<string[]> ReadLinesAsync(NetworkStream stream)
    {
        StringBuilder head = new();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one, closing.Token);
            head.Append((char)one[0]);
        }

        return head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
    }
}
