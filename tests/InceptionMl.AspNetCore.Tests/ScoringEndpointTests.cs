using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using InceptionMl.Images.Containers.Internal;
using InceptionMl.Images.Internal;
using InceptionMl.Scoring;
using InceptionMl.Scoring.Explanations;
using InceptionMl.TestSupport;

namespace InceptionMl.AspNetCore.Tests;

/// <summary>What is answered to requests in each of the three forms.</summary>
[Collection(SharedModelCollection.Name)]
public sealed class ScoringEndpointTests(TrainedDemo demo)
{
    private static byte[] Image(int index) => File.ReadAllBytes(TrainedDemo.TestImages[index]);

    private Task<ScoringApp> StartAsync(Action<ImageScoringOptions>? configure = null) => ScoringApp.StartAsync(o =>
    {
        o.FromFile(demo.Model);
        configure?.Invoke(o);
    });

    [Fact]
    public async Task The_answer_is_word_for_word_what_the_contract_says()
    {
        await using ScoringApp app = await StartAsync();
        using ImageScorer scorer = ImageScorer.Open(demo.Model);
        ScoredImage expected = scorer.Score(Image(0), TestContext.Current.CancellationToken);

        using HttpResponseMessage response = await app.PostAsync(Image(0));
        JsonElement answer = await ScoringApp.JsonAsync(response);

        Assert.Equal(["model", "results", "requestId"], answer.EnumerateObject().Select(p => p.Name));
        Assert.Equal(["name", "version"], answer.GetProperty("model").EnumerateObject().Select(p => p.Name));
        Assert.Equal(ScoringApp.Name, answer.GetProperty("model").GetProperty("name").GetString());
        Assert.Equal(app.Scorer.ModelVersion, answer.GetProperty("model").GetProperty("version").GetString());
        JsonElement result = Assert.Single(answer.GetProperty("results").EnumerateArray());
        Assert.Equal(["name", "label", "probability", "outcome", "scores"], result.EnumerateObject().Select(p => p.Name));
        Assert.Equal(expected.Label, result.GetProperty("label").GetString());
        Assert.Equal(expected.Probability, result.GetProperty("probability").GetSingle());
        Assert.Equal("accepted", result.GetProperty("outcome").GetString());
        Assert.Equal(expected.Scores.Select(s => (s.Key, s.Value)), result.GetProperty("scores").EnumerateObject().Select(p => (p.Name, p.Value.GetSingle())));
        Assert.NotEmpty(answer.GetProperty("requestId").GetString()!);
    }

    [Fact]
    public async Task Every_form_gives_the_bits_that_the_scorer_gives()
    {
        await using ScoringApp app = await StartAsync();
        using ImageScorer scorer = ImageScorer.Open(demo.Model);
        byte[][] images = [.. Enumerable.Range(0, 12).Select(i => Image(i * 7))];
        float[] expected = [.. images.Select(i => scorer.Score(i.AsMemory(), TestContext.Current.CancellationToken).Probability)];

        JsonElement[] form = await ScoringApp.ResultsAsync(await app.PostAsync(ScoringApp.Form([.. images.Select((bytes, i) => ($"{i}.jpg", bytes))])));
        JsonElement[] json = await ScoringApp.ResultsAsync(await app.PostAsync(JsonContent.Create(
            new { images = images.Select((bytes, i) => new { name = $"{i}.jpg", base64 = Convert.ToBase64String(bytes) }) })));
        HttpResponseMessage[] single = await Task.WhenAll(images.Select(i => app.PostAsync(i, "application/octet-stream")));

        Assert.Equal(expected, form.Select(r => r.GetProperty("probability").GetSingle()));
        Assert.Equal(Enumerable.Range(0, 12).Select(i => $"{i}.jpg"), form.Select(r => r.GetProperty("name").GetString()));
        Assert.Equal(expected, json.Select(r => r.GetProperty("probability").GetSingle()));
        Assert.Equal(Enumerable.Range(0, 12).Select(i => $"{i}.jpg"), json.Select(r => r.GetProperty("name").GetString()));
        Assert.Equal(expected, await Task.WhenAll(single.Select(async r => (await ScoringApp.ResultsAsync(r))[0].GetProperty("probability").GetSingle())));
    }

    [Fact]
    public async Task Top_gives_the_most_probable_labels_first()
    {
        await using ScoringApp app = await StartAsync();

        JsonElement[] results = await ScoringApp.ResultsAsync(await app.PostAsync(Image(3), query: "?top=2"));

        float[] scores = [.. results[0].GetProperty("scores").EnumerateObject().Select(p => p.Value.GetSingle())];
        Assert.Equal(2, scores.Length);
        Assert.Equal(results[0].GetProperty("probability").GetSingle(), scores[0]);
        Assert.True(scores[0] >= scores[1]);
    }

    [Fact]
    public async Task Explain_gives_the_map_and_its_picture()
    {
        await using ScoringApp app = await StartAsync();
        using ImageScorer scorer = ImageScorer.Open(demo.Model);
        ImageExplanation expected = scorer.Explain(Image(3), cancellationToken: TestContext.Current.CancellationToken);

        JsonElement[] results = await ScoringApp.ResultsAsync(await app.PostAsync(Image(3), query: "?explain=true"));
        JsonElement[] without = await ScoringApp.ResultsAsync(await app.PostAsync(Image(3), query: "?explain=false"));

        JsonElement explanation = results[0].GetProperty("explanation");
        Assert.Equal(expected.Label, explanation.GetProperty("label").GetString());
        JsonElement[][] grid = [.. explanation.GetProperty("grid").EnumerateArray().Select(row => row.EnumerateArray().ToArray())];
        Assert.Equal(expected.Grid.ToArray(), grid.SelectMany(row => row).Select(v => v.GetSingle()));
        Assert.Equal(expected.Height, grid.Length);
        Assert.Equal(ImageFormat.Png, ImageSignature.Identify(explanation.GetProperty("overlay").GetBytesFromBase64()));
        Assert.False(without[0].TryGetProperty("explanation", out _));
    }

    [Fact]
    public async Task An_image_less_probable_than_was_asked_for_is_uncertain()
    {
        await using ScoringApp app = await StartAsync(o => o.AbstainBelow = 1);
        using ImageScorer scorer = ImageScorer.Open(demo.Model);
        byte[] unsure = TrainedDemo.TestImages.Select(File.ReadAllBytes).First(i => scorer.Score(i, TestContext.Current.CancellationToken).Probability < 1);

        JsonElement[] results = await ScoringApp.ResultsAsync(await app.PostAsync(unsure));

        Assert.Equal("uncertain", results[0].GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task A_bad_image_among_several_is_an_error_in_its_place()
    {
        await using ScoringApp app = await StartAsync(o => o.MaxImageBytes = 100_000);

        JsonElement[] results = await ScoringApp.ResultsAsync(await app.PostAsync(ScoringApp.Form(
            ("good.jpg", Image(0)),
            ("../../notes.txt", "hello"u8.ToArray()),
            ("huge.jpg", new byte[100_001]),
            ("also good.jpg", Image(1)))));

        Assert.Equal(["good.jpg", "../../notes.txt", "huge.jpg", "also good.jpg"], results.Select(r => r.GetProperty("name").GetString()));
        Assert.True(results[0].TryGetProperty("label", out _) && results[3].TryGetProperty("label", out _));
        Assert.Equal(["name", "error"], results[1].EnumerateObject().Select(p => p.Name));
        Assert.StartsWith("is text, not an image", results[1].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("has more than 100,000 bytes", results[2].GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_base64_among_several_is_an_error_in_its_place()
    {
        await using ScoringApp app = await StartAsync();
        string good = Convert.ToBase64String(Image(0));
        string escaped = good.Replace("/", "\\/", StringComparison.Ordinal);

        JsonElement[] results = await ScoringApp.ResultsAsync(await app.PostAsync(new StringContent(
            $$"""{"images":[{"base64":"?!"},{"name":"b","base64":"{{escaped}}","more":[1]},{"name":"","base64":"{{good}}"}]}""",
            Encoding.UTF8,
            "application/json")));

        Assert.Equal(["image 1", "b", "image 3"], results.Select(r => r.GetProperty("name").GetString()));
        Assert.StartsWith("is not base64", results[0].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(results[1].GetProperty("probability").GetSingle(), results[2].GetProperty("probability").GetSingle());
    }

    [Theory]
    [InlineData("data:image/png;base64,")]
    [InlineData("DATA:image\\/jpeg;charset=utf-8;base64,")]
    [InlineData(" data:;base64,")]
    public async Task A_data_URI_in_place_of_base64_is_told_for_what_it_is(string start)
    {
        await using ScoringApp app = await StartAsync();
        string image = Convert.ToBase64String(Image(0));

        JsonElement[] results = await ScoringApp.ResultsAsync(await app.PostAsync(new StringContent(
            $$"""{"images":[{"name":"a","base64":"{{start}}{{image}}"},{"name":"b","base64":"{{image}}"}]}""", Encoding.UTF8, "application/json")));

        Assert.Equal("is a data URI, not base64 alone: send only what follows its comma", results[0].GetProperty("error").GetString());
        Assert.True(results[1].TryGetProperty("label", out _));
    }

    [Fact]
    public async Task The_only_image_of_a_request_is_named_where_it_is_bad()
    {
        await using ScoringApp app = await StartAsync();

        JsonElement form = await ScoringApp.ProblemAsync(await app.PostAsync(ScoringApp.Form(("notes.txt", "hello"u8.ToArray()))), 422);
        JsonElement json = await ScoringApp.ProblemAsync(
            await app.PostAsync(JsonContent.Create(new { images = new[] { new { name = "scan.pdf", base64 = Convert.ToBase64String("%PDF-1.7"u8) } } })), 422);
        JsonElement cut = await ScoringApp.ProblemAsync(await app.PostAsync(Image(0)[..^200]), 422);
        JsonElement empty = await ScoringApp.ProblemAsync(await app.PostAsync([]), 422);

        Assert.Equal("notes.txt", form.GetProperty("part").GetString());
        Assert.StartsWith("notes.txt is text, not an image", form.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("scan.pdf is a PDF document", json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("image is a JPEG file that ends before", cut.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("image is empty", empty.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fields_without_a_file_are_passed_over_and_parts_with_an_images_type_are_not()
    {
        await using ScoringApp app = await StartAsync();
        MultipartFormDataContent form = ScoringApp.Form(("a.jpg", Image(0)));
        form.Add(new StringContent("a comment"), "comment");
        form.Add(ScoringApp.Raw(Image(1), "image/jpeg"), "photo");

        JsonElement[] results = await ScoringApp.ResultsAsync(await app.PostAsync(form));

        Assert.Equal(["a.jpg", "photo"], results.Select(r => r.GetProperty("name").GetString()));
    }
}
