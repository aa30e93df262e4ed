using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using InceptionMl.TestSupport;
using Microsoft.AspNetCore.Builder;

namespace InceptionMl.Cli.Tests.Serving;

[Trait("Category", "Slow")]
public sealed class ServeTests(ServedModel service) : IClassFixture<ServedModel>
{
    [Fact]
    public async Task It_shows_people_a_page()
    {
        using HttpClient client = new();

        await service.WhileServingAsync(async address =>
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

        (string output, string error) = await service.WhileServingAsync(async address =>
        {
            using HttpResponseMessage response = await ServedModel.PostAsync(address);
            JsonElement answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
            ToolRun tool = await Tool.RunAsync("score", service.Model, TrainedDemo.TestImages[0], "--json");
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
        await service.WhileServingAsync(
            async address =>
            {
                Assert.Equal(HttpStatusCode.Unauthorized, (await ServedModel.PostAsync(address)).StatusCode);
                Assert.Equal(HttpStatusCode.OK, (await ServedModel.PostAsync(address, "correct-horse")).StatusCode);
            },
            key: "correct-horse");
    }

    [Fact]
    public async Task It_tells_what_the_model_can_tell_apart()
    {
        using HttpClient client = new();

        await service.WhileServingAsync(async address =>
        {
            JsonElement model = JsonDocument.Parse(await client.GetStringAsync(new Uri($"{address}/model"), TestContext.Current.CancellationToken)).RootElement;
            Assert.Equal(service.Demo.Result.Classes, model.GetProperty("labels").EnumerateArray().Select(l => l.GetString()));
        });
    }

    [Fact]
    public async Task A_proxy_is_believed_only_where_the_variable_says_so()
    {
        using HttpClient client = new();
        foreach ((bool trusts, string server) in new[] { (false, "http://127.0.0.1"), (true, "https://scores.example") })
        {
            await service.WhileServingAsync(
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

    [Fact]
    public async Task What_is_not_there_is_a_problem_also_for_browsers()
    {
        await service.WhileServingAsync(async address =>
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
        CommandContext context = Tool.Context() with { Error = TextWriter.Synchronized(error) };
        await using WebApplication server = ScoringServer.Build(
            new ServeOptions(service.Model, ServeAddress.Parse(["http://127.0.0.1:0"]), ApiKey: null, Verbose: false), context);
        await server.StartAsync(TestContext.Current.CancellationToken);
        using HttpClient client = new() { BaseAddress = new Uri(server.Urls.Single()) };

        using HttpResponseMessage ready = await client.GetAsync("/health/ready", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Empty(error.ToString());
    }

    [Fact]
    public async Task A_connection_that_stalls_before_its_request_is_whole_is_not_waited_for()
    {
        using TcpClient stalled = new();
        await service.WhileServingAsync(async address =>
        {
            await stalled.ConnectAsync(IPAddress.Loopback, new Uri(address).Port, TestContext.Current.CancellationToken);
            await stalled.GetStream().WriteAsync("POST /score HTTP/1.1\r\nHost: loc"u8.ToArray(), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, (await ServedModel.PostAsync(address)).StatusCode);
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
        ProcessStartInfo start = new("dotnet", [tool, "serve", service.Model, "--urls", "http://127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [ServeVerb.KeyVariable] = "correct-horse" },
        };
        using Process process = Process.Start(start)!;
        string address = ServedModel.Address().Match(await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? string.Empty).Value;

        Assert.Equal(HttpStatusCode.OK, (await ServedModel.PostAsync(address, "correct-horse")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await ServedModel.PostAsync(address)).StatusCode);
        using (Process kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        string error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((ExitStatus.Done, string.Empty), (process.ExitCode, error));
    }
}
