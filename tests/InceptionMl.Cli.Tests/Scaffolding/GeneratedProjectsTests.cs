using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using InceptionMl.Cli.Tests.Privacy;
using InceptionMl.Scoring;
using InceptionMl.TestSupport;

namespace InceptionMl.Cli.Tests.Scaffolding;

/// <summary>The generated projects, built and run as a developer would.</summary>
[Trait("Category", "Slow")]
public sealed class GeneratedProjectsTests(TrainedDemo demo, PackedLibraries libraries) : IClassFixture<PackedLibraries>
{
    private const string Listening = "Now listening on: ";
    private const int TooMuch = 21 << 20;

    private static string[] Images => [.. TrainedDemo.TestImages.Where((_, i) => i % 12 == 0)];

    [Fact]
    public async Task The_console_says_what_the_scorer_says_and_talks_to_nobody()
    {
        libraries.Scaffold(demo.Model, "Fasteners", libraries.At("demo [ü] ' console"));
        await libraries.BuildAsync(libraries.At("demo [ü] ' console", "console"));
        string program = libraries.At("demo [ü] ' console", "console", "bin", "Debug", "net10.0", "Fasteners.Console.dll");

        using WatchedProcess watched = WatchedProcess.Start([program, .. Images]);
        ToolRun run = await watched.EndAsync();
        ToolRun missing = await DotnetCommand.RunAsync(libraries.At(), [program, "missing.jpg", Images[0]]);
        ToolRun nothing = await DotnetCommand.RunAsync(libraries.At(), program);
        ToolRun evaluation = await DotnetCommand.RunAsync(libraries.At(), program, "--evaluate", Path.Combine(TrainedDemo.Images, "test"));

        using ImageScorer scorer = ImageScorer.Open(demo.Model);
        Assert.Equal(0, run.Status);
        Assert.Equal(Images.Select(image => Line(scorer, image)), Lines(run.Output));
        Assert.Empty(watched.FilesAtHome());
        Assert.Empty(watched.CallsAbroad());
        Assert.Equal((1, Line(scorer, Images[0])), (missing.Status, Assert.Single(Lines(missing.Output))));
        Assert.Equal("missing.jpg does not exist.", missing.Error.Trim());
        Assert.Equal((2, string.Empty), (nothing.Status, nothing.Output));
        Assert.Equal(0, evaluation.Status);
        Assert.StartsWith(
            string.Create(CultureInfo.InvariantCulture, $"120 images\taccuracy {demo.Result.Test.Accuracy:0.0000}\t"), evaluation.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_web_api_says_what_the_scorer_says_and_refuses_the_rest_with_problem_details()
    {
        libraries.Scaffold(demo.Model, "Fasteners", libraries.At("demo"));
        await libraries.BuildAsync(libraries.At("demo", "webapi"));
        using Process service = DotnetCommand.Start(
            libraries.At(), libraries.At("demo", "webapi", "bin", "Debug", "net10.0", "Fasteners.WebApi.dll"), "--urls", "http://127.0.0.1:0");
        try
        {
            // A body is sent when the service asks for it: one that is refused unread does not break the connection under way.
            using SocketsHttpHandler handler = new() { Expect100ContinueTimeout = Timeout.InfiniteTimeSpan };
            using HttpClient client = new(handler) { BaseAddress = await AddressAsync(service) };
            client.DefaultRequestHeaders.ExpectContinue = true;
            byte[] image = await File.ReadAllBytesAsync(Images[0], TestContext.Current.CancellationToken);

            using HttpResponseMessage raw = await PostAsync(client, new ByteArrayContent(image));
            using HttpResponseMessage typed = await PostAsync(client, Typed(image, "image/jpeg"));
            using HttpResponseMessage form = await PostAsync(client, new MultipartFormDataContent { { new ByteArrayContent(image), "file", "a.jpg" } });
            await AssertScoredAsync(raw);
            await AssertScoredAsync(typed);
            await AssertScoredAsync(form);

            await AssertProblemAsync(HttpStatusCode.UnprocessableEntity, await PostAsync(client, Typed("no image"u8.ToArray(), "image/png")));
            await AssertProblemAsync(HttpStatusCode.BadRequest, await PostAsync(client, new ByteArrayContent([])));
            await AssertProblemAsync(HttpStatusCode.BadRequest, await PostAsync(client, new MultipartFormDataContent { { new StringContent("x"), "text" } }));
            await AssertProblemAsync(HttpStatusCode.BadRequest, await PostAsync(client, Typed("cut"u8.ToArray(), "multipart/form-data; boundary=x")));
            await AssertProblemAsync(HttpStatusCode.RequestEntityTooLarge, await PostAsync(client, new StreamContent(new MemoryStream(new byte[TooMuch]))));
            await AssertProblemAsync(HttpStatusCode.MethodNotAllowed, await client.GetAsync("predict", TestContext.Current.CancellationToken));
        }
        finally
        {
            service.Kill(entireProcessTree: true);
            await service.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Inside_another_repository_with_a_hostile_model_they_build_all_the_same()
    {
        string repository = libraries.At("repository");
        Directory.CreateDirectory(repository);
        await WriteAsync("Directory.Packages.props", "<Project><PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup></Project>");
        await WriteAsync("Directory.Build.props", "<Project><PropertyGroup><LangVersion>7.3</LangVersion><AnalysisMode>All</AnalysisMode></PropertyGroup></Project>");
        await WriteAsync("Directory.Build.targets", """<Project><Target Name="Stop" BeforeTargets="Build"><Error Text="another's target" /></Target></Project>""");
        await WriteAsync(".editorconfig", "root = true\n[*.cs]\ndotnet_diagnostic.CA1303.severity = error\ndotnet_diagnostic.CA2007.severity = error\n");
        string model = HostileModel.Write(demo.Model, Path.Combine(repository, "hostile.zip"));

        libraries.Scaffold(model, "flowers", Path.Combine(repository, "src", "flowers"));

        await libraries.BuildAsync(Path.Combine(repository, "src", "flowers", "console"));
        ToolRun run = await DotnetCommand.RunAsync(
            libraries.At(), Path.Combine(repository, "src", "flowers", "console", "bin", "Debug", "net10.0", "flowers.Console.dll"), Images[0]);
        using ImageScorer scorer = ImageScorer.Open(model);
        Assert.Equal((0, (Line(scorer, Images[0]) + "\n").ReplaceLineEndings("\n")), (run.Status, run.Output.ReplaceLineEndings("\n")));

        Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(repository, name), text, TestContext.Current.CancellationToken);
    }

    private static string[] Lines(string output) => output.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);

    private static string Line(ImageScorer scorer, string image) => image + string.Concat(scorer.Score(image).Top(3).Select(
        label => string.Create(CultureInfo.InvariantCulture, $"\t{label.Key} {label.Value:0.0000}")));

    private static ByteArrayContent Typed(byte[] content, string type)
    {
        ByteArrayContent typed = new(content);
        typed.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return typed;
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, HttpContent content)
    {
        using (content)
        {
            return await client.PostAsync("predict", content, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<Uri> AddressAsync(Process service)
    {
        while (await service.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and int start)
            {
                // What it says from here on is let go, so that it never waits for a reader.
                service.OutputDataReceived += (_, _) => { };
                service.ErrorDataReceived += (_, _) => { };
                service.BeginErrorReadLine();
                _ = service.StandardOutput.BaseStream.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);
                return new Uri(line[(start + Listening.Length)..].Trim());
            }
        }

        throw new InvalidOperationException("The service ended: " + await service.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    private async Task AssertScoredAsync(HttpResponseMessage response)
    {
        JsonElement answer = await JsonAsync(response);
        using ImageScorer scorer = ImageScorer.Open(demo.Model);
        ScoredImage expected = scorer.Score(Images[0], TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal((expected.Label, expected.Probability), (answer.GetProperty("label").GetString(), answer.GetProperty("probability").GetSingle()));
        Assert.Equal(expected.Scores, answer.GetProperty("scores").EnumerateObject().Select(score => KeyValuePair.Create(score.Name, score.Value.GetSingle())));
    }

    private static async Task AssertProblemAsync(HttpStatusCode status, HttpResponseMessage response)
    {
        using (response)
        {
            Assert.Equal(status, response.StatusCode);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            Assert.Equal((int)status, (await JsonAsync(response)).GetProperty("status").GetInt32());
        }
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
}
