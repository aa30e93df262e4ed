using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using InceptionMl.TestSupport;

namespace InceptionMl.AspNetCore.Tests;

/// <summary>Ten thousand requests that nobody honest sends. Each is answered for what it is, and none leaves a trace on the disk.</summary>
[Collection(SharedModelCollection.Name)]
public sealed class HostileRequestTests(TrainedDemo demo)
{
    private const int Requests = 9_500;
    private const int RawConnections = 500;
    private const int Drip = 64;
    private const int Clients = 8;
    private const string TemporaryVariable = "TMPDIR";

    [Fact]
    [Trait("Category", "Slow")]
    public async Task No_hostile_request_is_answered_500_or_writes_a_file()
    {
        using TemporaryFolder temporary = new();
        string? before = Environment.GetEnvironmentVariable(TemporaryVariable);
        string[] beside = Directory.GetFileSystemEntries(AppContext.BaseDirectory);
        Environment.SetEnvironmentVariable(TemporaryVariable, temporary.Path);
        ConcurrentDictionary<int, int> statuses = [];
        try
        {
            await using ScoringApp app = await ScoringApp.StartAsync(o =>
            {
                o.FromFile(demo.Model);
                (o.MaxImageBytes, o.MaxRequestBytes, o.MaxImages, o.MaxPixels) = (200_000, 400_000, 8, 2_000_000);
            });
            HostileRequests hostile = new(TrainedDemo.TestImages[..6].Select(File.ReadAllBytes).ToArray());
            ParallelOptions together = new() { MaxDegreeOfParallelism = Clients, CancellationToken = TestContext.Current.CancellationToken };
            await Parallel.ForAsync(0, Requests, together, async (i, stop) =>
            {
                using HttpResponseMessage response = await app.Client.SendAsync(hostile.Make(i), stop);
                statuses.AddOrUpdate((int)response.StatusCode, 1, (_, count) => count + 1);
                if (!response.IsSuccessStatusCode)
                {
                    await ScoringApp.ProblemAsync(response, (int)response.StatusCode);
                }
            });
            await Parallel.ForAsync(0, RawConnections, together, async (i, stop) => await SendRawAsync(app.Port, hostile.MakeRaw(i), i % 4 == 0 ? Drip : int.MaxValue, stop));
            await Gate.UntilAsync(() => app.Scorer.Waiting == 0 && app.Scorer.HeldBytes == 0);
            using HttpResponseMessage honest = await app.PostAsync(File.ReadAllBytes(TrainedDemo.TestImages[0]));
            Assert.True(honest.IsSuccessStatusCode);
            Assert.Empty(Directory.GetFileSystemEntries(temporary.Path));
        }
        finally
        {
            Environment.SetEnvironmentVariable(TemporaryVariable, before);
        }

        Assert.Equal(Requests, statuses.Values.Sum());
        Assert.Subset(new HashSet<int> { 200, 400, 413, 415, 422 }, statuses.Keys.ToHashSet());
        Assert.All([200, 400, 413, 415, 422], status => Assert.True(statuses.ContainsKey(status), $"no request was answered {status}"));
        Assert.Equal(beside, Directory.GetFileSystemEntries(AppContext.BaseDirectory));
    }

    /// <summary>Bytes on a connection, so many at a time, that is then closed: the server may answer or not, and goes on.</summary>
    private static async Task SendRawAsync(int port, byte[] bytes, int piece, CancellationToken stop)
    {
        using TcpClient client = new() { NoDelay = true };
        await client.ConnectAsync("127.0.0.1", port, stop);
        await using NetworkStream stream = client.GetStream();
        using MemoryStream answer = new();
        try
        {
            for (int at = 0; at < bytes.Length; at += Math.Min(piece, bytes.Length - at))
            {
                await stream.WriteAsync(bytes.AsMemory(at, Math.Min(piece, bytes.Length - at)), stop);
            }

            client.Client.Shutdown(SocketShutdown.Send);
            await stream.CopyToAsync(answer, stop);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            // The server has closed the connection in its turn.
        }

        Assert.DoesNotContain("HTTP/1.1 500", Encoding.Latin1.GetString(answer.ToArray()), StringComparison.Ordinal);
    }
}
