using System.Text.RegularExpressions;
using InceptionMl.TestSupport;

namespace InceptionMl.Cli.Tests.Serving;

/// <summary>A trained model, and the tool serving it inside the test process.</summary>
public sealed partial class ServedModel(TrainedDemo demo)
{
    private static readonly byte[] Image = File.ReadAllBytes(TrainedDemo.TestImages[0]);

    internal TrainedDemo Demo => demo;

    internal string Model => demo.Model;

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    public static partial Regex Address();

    public static async Task<HttpResponseMessage> PostAsync(string address, string? key = null)
    {
        using HttpClient client = new();
        using MultipartFormDataContent form = new() { { new ByteArrayContent(Image), "image", "one.jpg" } };
        using HttpRequestMessage request = new(HttpMethod.Post, $"{address}/score") { Content = form };
        if (key is not null)
        {
            request.Headers.Add("X-Api-Key", key);
        }

        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Serves inside the test process while something is asked of it.</summary>
    public async Task<(string Output, string Error)> WhileServingAsync(Func<string, Task> ask, string? key = null, string url = "http://127.0.0.1:0", bool trustsProxy = false)
    {
        using LineWriter output = new();
        using StringWriter error = new();
        CommandContext context = Tool.Context() with { Output = output, Error = TextWriter.Synchronized(error) };
        using CancellationTokenSource stop = new();
        Task<int> serving = ServeVerb.RunAsync(context, new ServeOptions(Model, ServeAddress.Parse([url]), key, Verbose: false) { TrustsProxy = trustsProxy }, stop.Token);
        if (await Task.WhenAny(serving, output.FirstLine) == output.FirstLine)
        {
            await ask(Address().Match((await output.FirstLine).Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal)).Value);
        }

        await stop.CancelAsync();
        Assert.Equal(ExitStatus.Done, await serving);
        return (await output.FirstLine, error.ToString());
    }
}
