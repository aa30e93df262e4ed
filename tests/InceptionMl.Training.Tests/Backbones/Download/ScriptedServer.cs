using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace InceptionMl.Training.Tests.Backbones.Download;

/// <summary>
/// An HTTP/1.1 server on this machine that answers its first request by its first script, and so on; the last script answers all that
/// follow. It speaks raw bytes, so that it can misbehave as real servers and the networks before them do.
/// </summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly Func<ScriptedRequest, Task>[] _scripts;
    private readonly Task _accepting;

    public ScriptedServer(params Func<ScriptedRequest, Task>[] scripts)
    {
        _scripts = scripts;
        _listener.Start();
        int port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/weights.bin"));
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>The requests so far, each as its lines.</summary>
    public ConcurrentQueue<string[]> Requests { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();

        // Only then may the listener stop: accepting on a stopped one is an error of its own.
        await _accepting;
        _listener.Dispose();
        _closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> answers = [];
        try
        {
            while (true)
            {
                answers.Add(AnswerAsync(await _listener.AcceptTcpClientAsync(_closing.Token)));
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
                int number = Math.Min(Requests.Count, _scripts.Length) - 1;
                await _scripts[number](new ScriptedRequest(lines, stream, _closing.Token));

                // What was sent arrives before the end does: closing at once may reset the connection and lose it.
                client.Client.Shutdown(SocketShutdown.Send);
                await stream.CopyToAsync(Stream.Null, _closing.Token);
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
            await stream.ReadExactlyAsync(one, _closing.Token);
            head.Append((char)one[0]);
        }

        return head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
    }
}
