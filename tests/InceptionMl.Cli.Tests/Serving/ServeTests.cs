using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using InceptionMl.Cli.Serving;
using InceptionMl.Cli.Verbs;
using InceptionMl.TestSupport;
using Microsoft.AspNetCore.Builder;
using Spectre.Console.Testing;

namespace InceptionMl.Cli.Tests.Serving;

[Trait("Category", "Slow")]
public sealed partial class ServeTests(TrainedDemo demo) : IClassFixture<TrainedDemo>
{
    private static readonly byte[] Image = File.ReadAllBytes(TrainedDemo.TestImages[0]);

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();

    private static async Task<HttpResponseMessage> PostAsync(string address, string? key = null)
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
    private async Task<(string Output, string Error)> WhileServingAsync(Func<string, Task> ask, string? key = null, string url = "http://127.0.0.1:0", bool trustsProxy = false)
    {
        using LineWriter output = new();
        using StringWriter error = new();
        using StringReader input = new(string.Empty);
        using TestConsole console = new();
        CommandContext context = new()
        {
            Output = output,
            Error = TextWriter.Synchronized(error),
            Input = input,
            Console = console,
            ErrorConsole = console,
            Interactive = false,
        };
        using CancellationTokenSource stop = new();
        Task<int> serving = ServeVerb.RunAsync(context, new ServeOptions(demo.Model, ServeAddress.Parse([url]), key, Verbose: false) { TrustsProxy = trustsProxy }, stop.Token);
        if (await Task.WhenAny(serving, output.FirstLine) == output.FirstLine)
        {
            await ask(Address().Match((await output.FirstLine).Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal)).Value);
        }

        await stop.CancelAsync();
        Assert.Equal(ExitStatus.Done, await serving);
        return (await output.FirstLine, error.ToString());
    }

    [Fact]
    public async Task It_shows_people_a_page()
    {
        using HttpClient client = new();

        await WhileServingAsync(async address =>
        {
            string page = await client.GetStringAsync(new Uri($"{address}/"), TestContext.Current.CancellationToken);
            string settings = await client.GetStringAsync(new Uri($"{address}/page/settings.json"), TestContext.Current.CancellationToken);
            Assert.Contains("<h1>Image scoring</h1>", page, StringComparison.Ordinal);
            Assert.Equal("model", JsonDocument.Parse(settings).RootElement.GetProperty("model").GetProperty("name").GetString());
        });
    }

    [Fact]
    public async Task It_scores_as_the_tool_does_and_tells_where_it_is()
    {
        using HttpClient client = new();

        (string output, string error) = await WhileServingAsync(async address =>
        {
            using HttpResponseMessage response = await PostAsync(address);
            JsonElement answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
            ToolRun tool = await Tool.RunAsync("score", demo.Model, TrainedDemo.TestImages[0], "--json");
            Assert.Equal(tool.Json[0].GetProperty("probability").GetSingle(), answer.GetProperty("results")[0].GetProperty("probability").GetSingle());
            Assert.Equal("model", answer.GetProperty("model").GetProperty("name").GetString());
            foreach (string path in (string[])["/health/live", "/health/ready", "/openapi/v1.json"])
            {
                Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(address + path, TestContext.Current.CancellationToken)).StatusCode);
            }

            HttpResponseMessage nowhere = await client.GetAsync(address + "/nowhere", TestContext.Current.CancellationToken);
            Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (nowhere.StatusCode, nowhere.Content.Headers.ContentType?.MediaType));
        });

        Assert.Contains("Ctrl-C stops", output, StringComparison.Ordinal);
        Assert.Empty(error);
    }

    [Fact]
    public async Task A_key_is_asked_for()
    {
        await WhileServingAsync(
            async address =>
            {
                Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(address)).StatusCode);
                Assert.Equal(HttpStatusCode.OK, (await PostAsync(address, "correct-horse")).StatusCode);
            },
            key: "correct-horse");
    }

    [Fact]
    public async Task An_address_that_others_reach_without_a_key_is_warned_of()
    {
        (_, string open) = await WhileServingAsync(_ => Task.CompletedTask, url: "http://0.0.0.0:0");
        (_, string keyed) = await WhileServingAsync(_ => Task.CompletedTask, key: "correct-horse", url: "http://0.0.0.0:0");

        Assert.Contains("no key is asked for", open, StringComparison.Ordinal);
        Assert.Empty(keyed);
    }

    [Fact]
    public async Task It_tells_what_the_model_can_tell_apart()
    {
        using HttpClient client = new();

        await WhileServingAsync(async address =>
        {
            JsonElement model = JsonDocument.Parse(await client.GetStringAsync(new Uri($"{address}/model"), TestContext.Current.CancellationToken)).RootElement;
            Assert.Equal(demo.Result.Classes, model.GetProperty("labels").EnumerateArray().Select(l => l.GetString()));
        });
    }

    [Fact]
    public void Where_to_listen_is_what_the_command_line_says_or_the_variables_of_ASP_NET_Core()
    {
        Assert.Equal("http://127.0.0.1:5080", Found([], null));
        Assert.Equal("http://127.0.0.1:81", Found([], 81, ("ASPNETCORE_URLS", "http://localhost:9")));
        Assert.Equal("http://127.0.0.1:82", Found(["http://127.0.0.1:82"], null, ("ASPNETCORE_URLS", "http://localhost:9")));
        Assert.Equal("http://localhost:9 http://*:10", Found([], null, ("ASPNETCORE_URLS", "http://localhost:9;http://*:10"), ("ASPNETCORE_HTTP_PORTS", "8080")));
        Assert.Equal("http://*:8080 http://*:8081", Found([], null, ("ASPNETCORE_HTTP_PORTS", "8080;8081")));
        Assert.Equal("http://*:8080", Found([], null, ("ASPNETCORE_URLS", ""), ("DOTNET_HTTP_PORTS", "8080")));
        Assert.Contains("give one of them", Assert.Throws<UsageException>(() => Found(["http://127.0.0.1:82"], 81)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ASPNETCORE_URLS", "https://localhost:9", "'https://localhost:9', which asks for TLS")]
    [InlineData("ASPNETCORE_URLS", "http://localhost:9;http://nohost.invalid:1", "'http://nohost.invalid:1', which names neither")]
    [InlineData("DOTNET_URLS", "8080", "'8080', which is no address")]
    [InlineData("ASPNETCORE_URLS", "http://localhost:0", "'http://localhost:0', which asks for any free port")]
    [InlineData("ASPNETCORE_HTTP_PORTS", "80;x", "'x', which is not a number from 0 to 65535")]
    [InlineData("ASPNETCORE_HTTP_PORTS", "70000", "'70000', which is not a number from 0 to 65535")]
    [InlineData("ASPNETCORE_HTTPS_PORTS", "8081", "'8081', which asks for TLS")]
    public void A_variable_that_cannot_be_meant_is_named_and_not_an_option(string variable, string value, string sentence)
    {
        string wrong = Assert.Throws<UsageException>(() => Found([], null, (variable, value))).Message;

        Assert.StartsWith($"The variable {variable} says {sentence}", wrong, StringComparison.Ordinal);
        Assert.DoesNotContain("--urls", wrong, StringComparison.Ordinal);
        Assert.Equal("http://127.0.0.1:81", Found([], 81, (variable, value)));
    }

    [Fact]
    public async Task A_proxy_is_believed_only_where_the_variable_says_so()
    {
        using HttpClient client = new();
        foreach ((bool trusts, string server) in new[] { (false, "http://127.0.0.1"), (true, "https://scores.example") })
        {
            await WhileServingAsync(
                async address =>
                {
                    using HttpRequestMessage request = new(HttpMethod.Get, address + "/openapi/v1.json")
                    {
                        Headers = { { "X-Forwarded-Proto", "https" }, { "X-Forwarded-Host", "scores.example" } },
                    };
                    using HttpResponseMessage response = await client.SendAsync(request, TestContext.Current.CancellationToken);
                    JsonElement document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
                    Assert.StartsWith(server, document.GetProperty("servers")[0].GetProperty("url").GetString(), StringComparison.Ordinal);
                },
                trustsProxy: trusts);
        }
    }

    private static string Found(string[] urls, int? port, params (string Name, string Value)[] variables) => string.Join(
        ' ', ServeAddress.Find(urls, port, name => variables.FirstOrDefault(v => v.Name == name).Value).Select(a => a.Url));

    [Theory]
    [InlineData("--port", "70000")]
    [InlineData("--port", "x")]
    [InlineData("--port", "80", "--urls", "http://127.0.0.1:1")]
    [InlineData("--urls", "http://unix:relative.sock")]
    public async Task A_place_to_listen_that_cannot_be_meant_is_a_mistake_of_usage(params string[] options) =>
        Assert.Equal(ExitStatus.Usage, (await Tool.RunAsync(["serve", demo.Model, .. options])).Status);

    [Fact]
    public async Task It_listens_on_a_Unix_socket_also_where_a_killed_service_left_its_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "an address there is another");
        using TemporaryFolder folder = new();
        string path = folder.At("s.sock");
        using (Socket killed = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            killed.Bind(new UnixDomainSocketEndPoint(path));
            File.Move(path, folder.At("left"));
        }

        File.Move(folder.At("left"), path);
        using HttpClient client = new(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });

        (string output, string error) = await WhileServingAsync(
            async _ => Assert.Equal("Healthy", await client.GetStringAsync(new Uri("http://localhost/health/ready"), TestContext.Current.CancellationToken)),
            url: $"http://unix:{path}");

        Assert.Contains(path, output, StringComparison.Ordinal);
        Assert.Empty(error);
    }

    [Fact]
    public async Task A_file_in_the_place_of_a_socket_is_left_alone()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("notes.txt", []);

        ToolRun run = await Tool.RunAsync("serve", demo.Model, "--urls", $"http://unix:{path}");

        Assert.Equal(ExitStatus.Failed, run.Status);
        Assert.True(File.Exists(path));
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080", true)]
    [InlineData("http://localhost:5080", true)]
    [InlineData("http://[::1]:5080", true)]
    [InlineData("http://0.0.0.0:5080", false)]
    [InlineData("http://*:5080", false)]
    [InlineData("http://192.168.0.7:5080", false)]
    [InlineData("http://[::]:5080", false)]
    [InlineData("http://+:5080", false)]
    public void What_only_this_machine_reaches_is_known(string url, bool local) =>
        Assert.Equal((url, local), (Assert.Single(ServeAddress.Parse([url])).Url, ServeAddress.Parse([url])[0].IsLoopback));

    [Theory]
    [InlineData("http://256.1.1.1:6035", "names neither localhost nor an IP address")]
    [InlineData("http://nohost.invalid:6036", "names neither localhost nor an IP address")]
    [InlineData("http://localhost:0", "give http://127.0.0.1:0")]
    [InlineData(";", "names no address")]
    public async Task An_address_that_cannot_be_meant_is_a_mistake_of_usage(string url, string sentence)
    {
        ToolRun run = await Tool.RunAsync("serve", demo.Model, "--urls", url);

        Assert.Equal(ExitStatus.Usage, run.Status);
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_of_another_machine_is_one_sentence()
    {
        ToolRun run = await Tool.RunAsync("serve", demo.Model, "--urls", "http://192.0.2.1:5992");

        Assert.Equal(ExitStatus.Failed, run.Status);
        Assert.Contains("Cannot listen on http://192.0.2.1:5992", Assert.Single(run.Error.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_is_a_problem_also_for_browsers()
    {
        await WhileServingAsync(async address =>
        {
            foreach ((string path, HttpStatusCode status) in new[] { ("/nowhere", HttpStatusCode.NotFound), ("/score", HttpStatusCode.MethodNotAllowed) })
            {
                using HttpClient browser = new() { DefaultRequestHeaders = { { "Accept", "text/html" } } };
                using HttpResponseMessage response = await browser.GetAsync(address + path, TestContext.Current.CancellationToken);
                Assert.Equal((status, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
                JsonElement problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
                Assert.NotEmpty(problem.GetProperty("requestId").GetString()!);
                Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
            }
        });
    }

    [Fact]
    public async Task Being_asked_before_it_is_warm_is_no_fault_to_tell_of()
    {
        using StringWriter error = new();
        using TestConsole console = new();
        CommandContext context = new()
        {
            Output = TextWriter.Null,
            Error = TextWriter.Synchronized(error),
            Input = TextReader.Null,
            Console = console,
            ErrorConsole = console,
            Interactive = false,
        };
        await using WebApplication server = ScoringServer.Build(
            new ServeOptions(demo.Model, ServeAddress.Parse(["http://127.0.0.1:0"]), ApiKey: null, Verbose: false), context);
        await server.StartAsync(TestContext.Current.CancellationToken);
        using HttpClient client = new() { BaseAddress = new Uri(server.Urls.Single()) };

        using HttpResponseMessage ready = await client.GetAsync("/health/ready", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Empty(error.ToString());
    }

    [Fact]
    public void Several_addresses_are_given_by_semicolon_or_again() =>
        Assert.Equal(3, ServeAddress.Parse(["http://127.0.0.1:1;http://127.0.0.1:2", "http://127.0.0.1:3"]).Count);

    [Fact]
    public async Task A_port_in_use_is_one_sentence()
    {
        await WhileServingAsync(async address =>
        {
            ToolRun second = await Tool.RunAsync("serve", demo.Model, "--urls", address);

            Assert.Equal(ExitStatus.Failed, second.Status);
            Assert.Contains("address already in use", Assert.Single(second.Error.Trim().Split('\n')), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_connection_that_stalls_before_its_request_is_whole_is_not_waited_for()
    {
        using TcpClient stalled = new();
        await WhileServingAsync(async address =>
        {
            await stalled.ConnectAsync(IPAddress.Loopback, new Uri(address).Port, TestContext.Current.CancellationToken);
            await stalled.GetStream().WriteAsync("POST /score HTTP/1.1\r\nHost: loc"u8.ToArray(), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, (await PostAsync(address)).StatusCode);
        });

        // The server's own time limit for heads, which would end the stop too, answers 408.
        int answered;
        try
        {
            answered = await stalled.GetStream().ReadAsync(new byte[1], TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            answered = 0;
        }

        Assert.Equal(0, answered);
    }

    [Fact]
    public async Task A_signal_stops_it_with_status_0_and_the_variable_holds_its_key()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sends SIGTERM");
        string tool = Path.Combine(AppContext.BaseDirectory, "InceptionMl.Cli.dll");
        ProcessStartInfo start = new("dotnet", [tool, "serve", demo.Model, "--urls", "http://127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [ServeVerb.KeyVariable] = "correct-horse" },
        };
        using Process process = Process.Start(start)!;
        string address = Address().Match(await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? string.Empty).Value;

        Assert.Equal(HttpStatusCode.OK, (await PostAsync(address, "correct-horse")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(address)).StatusCode);
        using (Process kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        string error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((ExitStatus.Done, string.Empty), (process.ExitCode, error));
    }
}
