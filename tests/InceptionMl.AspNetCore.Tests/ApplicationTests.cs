using System.Text.Json;
using InceptionMl.Images;
using InceptionMl.Scoring;
using InceptionMl.Scoring.Explanations;
using InceptionMl.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace InceptionMl.AspNetCore.Tests;

/// <summary>What an application's own code does with a scorer.</summary>
[Collection(SharedModelCollection.Name)]
public sealed class ApplicationTests(TrainedDemo demo)
{
    private static readonly byte[] Image = File.ReadAllBytes(TrainedDemo.TestImages[0]);

    [Fact]
    public async Task The_only_scorer_is_injected_without_its_name()
    {
        await using ScoringApp app = await ScoringApp.StartAsync(o => o.FromFile(demo.Model));

        Assert.Same(app.Scorer, app.App.Services.GetRequiredService<HostedImageScorer>());
    }

    [Fact]
    public async Task Of_several_scorers_none_is_injected_without_its_name_and_the_exception_tells_their_names()
    {
        await using ScoringApp app = await ScoringApp.StartAsync(
            o => o.FromFile(demo.Model), services => services.AddImageScorer("second", o => o.FromFile(demo.Model)), defaultName: ScoringApp.Name);

        string message = Assert.Throws<InvalidOperationException>(() => app.App.Services.GetRequiredService<HostedImageScorer>()).Message;

        Assert.Contains("fasteners, second", message, StringComparison.Ordinal);
        Assert.Contains("[FromKeyedServices]", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_score_as_JSON_of_the_application_has_its_outcome_as_a_word()
    {
        await using ScoringApp app = await ScoringApp.StartAsync(o => o.FromFile(demo.Model));

        ScoredImage image = await app.Scorer.ScoreAsync(Image, TestContext.Current.CancellationToken);

        Assert.Contains("\"Outcome\":\"accepted\"", JsonSerializer.Serialize(image), StringComparison.Ordinal);
        Assert.Equal("\"uncertain\"", JsonSerializer.Serialize(ScoringOutcome.Uncertain));
        Assert.Equal("\"notAnImage\"", JsonSerializer.Serialize(ImageRefusal.NotAnImage));
        Assert.Equal("\"class activation map\"", JsonSerializer.Serialize(ExplanationMethod.ClassActivationMap));
        Assert.Equal(image.Outcome, JsonSerializer.Deserialize<ScoredImage>(JsonSerializer.Serialize(image))!.Outcome);
        Assert.Equal(ScoringOutcome.Uncertain, JsonSerializer.Deserialize<ScoringOutcome>("1"));
    }

    [Fact]
    public async Task An_image_that_cannot_be_read_is_a_problem_of_the_applications_own_endpoint_too()
    {
        await using ScoringApp app = await ScoringApp.StartAsync(
            o => (o.Path, o.MaxPixels) = (demo.Model, 1_000_000),
            pipeline: (web, _) =>
            {
                web.UseExceptionHandler();
                web.MapPost("/own", async (HttpRequest request, HostedImageScorer scorer) =>
                {
                    using MemoryStream body = new();
                    await request.Body.CopyToAsync(body);
                    return await scorer.ScoreAsync(body.ToArray());
                });
                web.MapPost("/direct", () =>
                {
                    using ImageScorer scorer = ImageScorer.Open(demo.Model);
                    return scorer.Score("nowhere/secret.jpg");
                });
                web.MapPost("/wrong", void () => throw new InvalidOperationException("secret"));
            });

        async Task<HttpResponseMessage> AskAsync(string path, byte[] body) =>
            await app.Client.PostAsync(path, new ByteArrayContent(body), TestContext.Current.CancellationToken);

        JsonElement scored = await ScoringApp.JsonAsync(await AskAsync("/own", Image));
        JsonElement refused = await ScoringApp.ProblemAsync(await AskAsync("/own", "text"u8.ToArray()), 422);
        JsonElement direct = await ScoringApp.ProblemAsync(await AskAsync("/direct", []), 422);
        await ScoringApp.ProblemAsync(await AskAsync("/own", Encoded.BitmapHeader(40_000, 30_000)), 413);
        using HttpResponseMessage wrong = await AskAsync("/wrong", []);
        await app.Scorer.StopAsync(TestContext.Current.CancellationToken);
        using HttpResponseMessage stopping = await AskAsync("/own", Image);

        Assert.Equal("accepted", scored.GetProperty("outcome").GetString());
        Assert.StartsWith("The image is ", refused.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", direct.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(500, (int)wrong.StatusCode);
        await ScoringApp.ProblemAsync(stopping, 503);
        Assert.Equal(1, stopping.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
    }

    [Theory]
    [InlineData("Path")]
    [InlineData("Registry")]
    public async Task The_model_is_bound_from_configuration(string key)
    {
        IConfiguration settings = Settings((key, key == "Path" ? demo.Model : "nowhere/registry"));
        await using WebApplication app = ScoringApp.Build(o => settings.GetSection("Scoring").Bind(o));
        ServiceCollection services = [];
        services.AddImageScorer("bound", settings.GetSection("Scoring"));
        await using ServiceProvider provider = services.BuildServiceProvider();
        ImageScoringOptions bound = provider.GetRequiredService<IOptionsMonitor<ImageScoringOptions>>().Get("bound");

        if (key == "Path")
        {
            await app.StartAsync(TestContext.Current.CancellationToken);
            Assert.Equal((demo.Model, null), (bound.Path, bound.Registry));
        }
        else
        {
            ImageScorerStartException refused = await Assert.ThrowsAsync<ImageScorerStartException>(() => app.StartAsync(TestContext.Current.CancellationToken));
            Assert.Contains("nowhere/registry", refused.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_zip_and_a_registry_at_once_are_refused(bool fromCode)
    {
        IConfiguration settings = fromCode ? Settings(("Registry", "defects")) : Settings(("Registry", "defects"), ("Path", "model.zip"));
        await using WebApplication app = ScoringApp.Build(o =>
        {
            if (fromCode)
            {
                o.FromFile("model.zip");
            }

            settings.GetSection("Scoring").Bind(o);
        });

        string message = (await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync(TestContext.Current.CancellationToken))).Message;

        Assert.Contains("set Path or Registry, in code or in its configuration, and not both", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?topp=3", "'topp'")]
    [InlineData("?top=3&explian=true", "'explian'")]
    [InlineData("?=3", "''")]
    [InlineData("?%0d%0aX=1", "'??X'")]
    public async Task A_query_that_is_unknown_is_refused_by_its_name(string query, string named)
    {
        await using ScoringApp app = await ScoringApp.StartAsync(o => o.FromFile(demo.Model));

        JsonElement problem = await ScoringApp.ProblemAsync(await app.PostAsync(Image, query: query), 400);

        Assert.Contains(named, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(200, (int)(await app.PostAsync(Image, query: "?Top=2&Explain=false")).StatusCode);
    }

    [Theory]
    [InlineData("Images", "Name", "Base64")]
    [InlineData("IMAGES", "NAME", "BASE64")]
    [InlineData("images", "name", "base64")]
    public async Task JSON_is_taken_in_any_case(string images, string name, string base64)
    {
        await using ScoringApp app = await ScoringApp.StartAsync(o => o.FromFile(demo.Model));
        string json = $$"""{"{{images}}":[{"{{name}}":"one.jpg","{{base64}}":"{{Convert.ToBase64String(Image)}}"}]}""";

        JsonElement answer = await ScoringApp.JsonAsync(await app.PostAsync(System.Text.Encoding.UTF8.GetBytes(json), "application/json"));

        Assert.Equal("one.jpg", answer.GetProperty("results")[0].GetProperty("name").GetString());
        Assert.Equal("bolt", answer.GetProperty("results")[0].GetProperty("label").GetString());
    }

    [Fact]
    public async Task A_zip_that_is_replaced_is_taken_up()
    {
        using TemporaryFolder folder = new();
        string model = folder.At("model.zip");
        File.Copy(demo.Model, model);
        MessageList log = new();
        await using ScoringApp app = await ScoringApp.StartAsync(
            o => (o.Path, o.ReloadInterval) = (model, TimeSpan.FromMilliseconds(20)), services => services.AddLogging(logging => logging.AddProvider(log)));
        string? before = app.Scorer.ModelVersion;
        Task replaced = log.LoggedAsync($"in place of {before}");

        // The same model in a zip of other bytes, which is another version.
        File.Copy(demo.Model, folder.At("next.zip"));
        using (System.IO.Compression.ZipArchive zip = System.IO.Compression.ZipFile.Open(folder.At("next.zip"), System.IO.Compression.ZipArchiveMode.Update))
        {
            zip.CreateEntry("note.txt");
        }

        File.Move(folder.At("next.zip"), model, overwrite: true);
        await replaced.WaitAsync(TestContext.Current.CancellationToken);

        Assert.NotEqual(before, app.Scorer.ModelVersion);
        Assert.Equal(200, (int)(await app.PostAsync(Image)).StatusCode);
    }

    private static IConfiguration Settings(params (string Key, string Value)[] scoring) => new ConfigurationBuilder()
        .AddInMemoryCollection(scoring.Select(s => KeyValuePair.Create<string, string?>($"Scoring:{s.Key}", s.Value))).Build();
}
