using System.Net;
using System.Text.Json;
using InceptionMl.Scoring;
using InceptionMl.TestSupport;

namespace InceptionMl.Examples.Tests.WebScoring;

[Collection(SharedModelCollection.Name)]
[Trait("Category", "Slow")]
public sealed class WebScoringTests(TrainedDemo demo)
{
    private const string Example = "WebScoring";
    private const string Listening = "Now listening on: ";

    // The one line that tells the address is at a level that its own settings leave out.
    private static readonly string[] AnyPort = ["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information"];

    private static async Task<JsonElement> ScoreAsync(HttpClient client, string image)
    {
        byte[] bytes = await File.ReadAllBytesAsync(image, TestContext.Current.CancellationToken);
        using MultipartFormDataContent form = new() { { new ByteArrayContent(bytes), "image", "a.jpg" } };
        using HttpResponseMessage response = await client.PostAsync("score", form, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await JsonAsync(response);
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage response)
    {
        using JsonDocument document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return document.RootElement.Clone();
    }

    [Fact]
    public async Task It_scores_and_tells_of_its_health_and_takes_its_limits_from_the_settings()
    {
        using ImageScorer scorer = ImageScorer.Open(demo.Model);
        ScoredImage expected = scorer.Score(TrainedDemo.TestImages[0], TestContext.Current.CancellationToken);
        using ExampleProcess service = new(Example, ["--Model", demo.Model, "--Scoring:AbstainBelow", "1", "--Scoring:MaxImageBytes", "10000", .. AnyPort]);
        using HttpClient client = new() { BaseAddress = new Uri(await service.LineAsync(Listening)) };

        JsonElement result = (await ScoreAsync(client, TrainedDemo.TestImages[0])).GetProperty("results")[0];
        using HttpResponseMessage large = await client.PostAsync(
            "score", new ByteArrayContent(new byte[10_001]) { Headers = { ContentType = new("image/jpeg") } }, TestContext.Current.CancellationToken);

        Assert.Equal((expected.Label, expected.Probability), (result.GetProperty("label").GetString(), result.GetProperty("probability").GetSingle()));
        Assert.Equal("uncertain", result.GetProperty("outcome").GetString());
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "application/problem+json"), (large.StatusCode, large.Content.Headers.ContentType?.MediaType));
        foreach (string path in (string[])["health/live", "health/ready", "openapi/v1.json"])
        {
            using HttpResponseMessage response = await client.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Fact]
    public async Task A_registry_is_served_by_its_promoted_version_and_a_signal_ends_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sends SIGTERM");
        using TemporaryFolder registry = new();
        registry.Write("versions/0007/model.zip", await File.ReadAllBytesAsync(demo.Model, TestContext.Current.CancellationToken));
        registry.Write("current", "0007"u8.ToArray());
        using ExampleProcess service = new(Example, ["--Model", registry.Path, .. AnyPort]);
        using HttpClient client = new() { BaseAddress = new Uri(await service.LineAsync(Listening)) };

        JsonElement answer = await ScoreAsync(client, TrainedDemo.TestImages[0]);

        Assert.Equal("0007", answer.GetProperty("model").GetProperty("version").GetString());
        Assert.Equal(0, await service.TerminateAsync());
    }

    [Theory]
    [InlineData("--Model", "missing.zip")]
    [InlineData("--Model", "")]
    [InlineData("--Scoring:AbstainBelow", "7")]
    [InlineData("--Scoring:MaxImages", "many")]
    public async Task A_wrong_setting_stops_the_start_with_one_sentence(string setting, string value)
    {
        (int status, string[] output, string[] error) = await ExampleProcess.RunAsync(Example, ["--Model", demo.Model, setting, value, .. AnyPort]);

        Assert.Equal(1, status);
        Assert.Empty(output);
        Assert.Single(error);
    }
}
