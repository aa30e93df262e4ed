using System.Globalization;
using System.Text;
using System.Text.Json;
using InceptionMl.TestSupport;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace InceptionMl.AspNetCore.Tests.Page;

/// <summary>What people see of their pictures.</summary>
[Collection(SharedModelCollection.Name)]
[Trait("Category", "Slow")]
public sealed class PageResultTests(TrainedDemo demo, Chromium chromium)
{
    private const string MadeUpAnswer = """
        {
          "model": { "name": "-model", "version": "1" },
          "results": [{
            "name": "a.jpg", "label": "dent;@SUM(1)", "probability": 0.75, "outcome": "accepted",
            "scores": { "dent;@SUM(1)": 0.75, "=2+3": 0.25 }
          }]
        }
        """;

    private static readonly (string Name, byte[] Bytes) First = PageApp.Pictures[0];

    [Fact]
    public async Task Several_pictures_are_scored_and_a_broken_one_says_why()
    {
        await using ScoringApp app = await PageApp.StartAsync(demo);
        await using OpenPage page = await chromium.OpenAsync(app);

        await page.ScoreAsync([.. PageApp.Pictures, ("broken.jpg", PageApp.Broken(First.Bytes))]);

        await Expect(page.Cards).ToHaveCountAsync(PageApp.Pictures.Length + 1);
        foreach ((string name, byte[] bytes) in PageApp.Pictures)
        {
            JsonElement result = (await ScoringApp.JsonAsync(await app.PostAsync(bytes))).GetProperty("results")[0];
            string label = result.GetProperty("label").GetString()!;
            string probability = Percent(result.GetProperty("probability").GetDouble());
            await Expect(page.Card(name).Locator(".answer")).ToHaveTextAsync($"{label} {probability} Accepted");
            await Expect(page.Card(name).Locator(".top li")).ToHaveCountAsync(5);
            await Expect(page.Card(name).Locator(".top li").First).ToHaveTextAsync($"{label} {probability}");
            Assert.True(await page.Card(name).GetByRole(AriaRole.Img).Or(page.Card(name).Locator("img")).First.EvaluateAsync<bool>("i => i.naturalWidth > 0"));
        }

        await Expect(page.Card("broken.jpg")).ToContainTextAsync("broken.jpg is a JPEG file that ends before its picture does: copy it again from its source.");
        await Expect(page.Status).ToHaveTextAsync($"{PageApp.Pictures.Length} pictures scored, 1 could not be scored.");
        await Expect(page.Page.GetByRole(AriaRole.Banner)).ToContainTextAsync($"Model {ScoringApp.Name}, version {app.Scorer.ModelVersion}");
    }

    [Fact]
    public async Task What_the_model_does_not_stand_by_is_marked()
    {
        await using ScoringApp app = await PageApp.StartAsync(demo, o => o.AbstainBelow = 1);
        await using OpenPage page = await chromium.OpenAsync(app);
        List<(string Name, byte[] Bytes)> unsure = [];
        foreach ((string Name, byte[] Bytes) picture in PageApp.Pictures)
        {
            if ((await app.Scorer.ScoreAsync(picture.Bytes, TestContext.Current.CancellationToken)).Probability < 1)
            {
                unsure.Add(picture);
            }
        }

        await page.ScoreAsync([.. unsure]);

        Assert.NotEmpty(unsure);
        await Expect(page.Page.GetByText("Not sure", new PageGetByTextOptions { Exact = true })).ToHaveCountAsync(unsure.Count);
        await Expect(page.Status).ToHaveTextAsync($"{unsure.Count} pictures scored, not sure of {unsure.Count}.");
    }

    [Fact]
    public async Task A_heat_map_is_shown_on_demand_and_taken_away_again()
    {
        await using ScoringApp app = await PageApp.StartAsync(demo);
        await using OpenPage page = await chromium.OpenAsync(app);
        await page.ScoreAsync(First);
        ILocator card = page.Card(First.Name);
        string? original = await card.Locator("img").GetAttributeAsync("src");

        await page.HeatMap(First.Name).ClickAsync();

        ILocator map = card.GetByRole(AriaRole.Img, new LocatorGetByRoleOptions { Name = $"Heat map of {First.Name} for " });
        await Expect(map).ToBeVisibleAsync();
        await Expect(map).Not.ToHaveAttributeAsync("src", original!);
        await Expect(map).ToHaveJSPropertyAsync("complete", true);
        Assert.True(await map.EvaluateAsync<int>("i => i.naturalWidth") >= 256);
        await Expect(page.HeatMap(First.Name)).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(card).ToContainTextAsync("class activation map");

        await page.HeatMap(First.Name).ClickAsync();

        await Expect(card.Locator("img")).ToHaveAttributeAsync("src", original!);
        await Expect(page.HeatMap(First.Name)).ToHaveAttributeAsync("aria-pressed", "false");
        await Expect(card).Not.ToContainTextAsync("class activation map");
    }

    [Fact]
    public async Task Names_are_text_whatever_they_hold_and_the_exported_table_runs_nothing()
    {
        await using ScoringApp app = await PageApp.StartAsync(demo);
        await using OpenPage page = await chromium.OpenAsync(app);
        await page.ScoreAsync(
            ("=1+2,\"x\".jpg", First.Bytes),
            ("photo;=1+2;.txt", First.Bytes),
            ("photo;\"=1+2.jpg", First.Bytes),
            ("<img src=x onerror=alert(1)>.jpg", First.Bytes),
            ("broken.jpg", PageApp.Broken(First.Bytes)));
        await Expect(page.Card("<img src=x onerror=alert(1)>.jpg")).ToHaveCountAsync(1);
        await Expect(page.Page.Locator("main img")).ToHaveCountAsync(5);

        IDownload download = await page.Page.RunAndWaitForDownloadAsync(() => page.Button("Export CSV").ClickAsync());
        string text = await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken);

        JsonElement result = (await ScoringApp.JsonAsync(await app.PostAsync(First.Bytes))).GetProperty("results")[0];
        JsonProperty[] scores = [.. result.GetProperty("scores").EnumerateObject()];
        string best = $"{result.GetProperty("label").GetString()},{Number(result.GetProperty("probability"))}";
        string answer = $"{best},accepted,,{ScoringApp.Name},{app.Scorer.ModelVersion},{string.Join(',', scores.Select(s => Number(s.Value)))}";
        const string error = "broken.jpg is a JPEG file that ends before its picture does: copy it again from its source.";
        string[] expected =
        [
            $"file,label,probability,outcome,error,model,version,{string.Join(',', scores.Select(s => s.Name))}",
            $"\"'=1+2,\"\"x\"\".jpg\",{answer}",
            $"\"photo;'=1+2;.txt\",{answer}",
            $"\"photo;'\"\"=1+2.jpg\",{answer}",
            $"<img src=x onerror=alert(1)>.jpg,{answer}",
            $"broken.jpg,,,,{error},,{new string(',', scores.Length)}",
            string.Empty,
        ];
        Assert.Equal("scores.csv", download.SuggestedFilename);
        Assert.Equal(string.Join("\r\n", expected), text);
        Assert.Equal(Encoding.UTF8.GetPreamble(), (await File.ReadAllBytesAsync(await download.PathAsync(), TestContext.Current.CancellationToken))[..3]);
    }

    [Fact]
    public async Task Of_many_pictures_the_browser_opens_and_draws_those_on_the_screen()
    {
        await using ScoringApp app = await PageApp.StartAsync(demo);
        await using OpenPage page = await chromium.OpenAsync(app);
        await AnswerAsync(page, MadeUpAnswer);
        await page.ScoreAsync([.. Enumerable.Range(1, 60).Select(i => ($"{i}.jpg", First.Bytes))]);
        await Expect(page.Card("1.jpg").Locator("img")).Not.ToHaveJSPropertyAsync("naturalWidth", 0);
        const string isDrawn = "e => e.checkVisibility({ contentVisibilityAuto: true })";
        Assert.True(await page.Card("1.jpg").Locator(".answer").EvaluateAsync<bool>(isDrawn));

        ILocator last = page.Card("60.jpg");
        await Expect(last.Locator("img")).ToHaveJSPropertyAsync("naturalWidth", 0);
        Assert.False(await last.Locator(".answer").EvaluateAsync<bool>(isDrawn));

        await page.HeatMap("60.jpg").FocusAsync();

        await Expect(last.Locator("img")).Not.ToHaveJSPropertyAsync("naturalWidth", 0);
        await Expect(last.Locator(".answer")).ToBeInViewportAsync();
    }

    [Fact]
    public async Task Labels_are_exported_as_text_too()
    {
        await using ScoringApp app = await PageApp.StartAsync(demo);
        await using OpenPage page = await chromium.OpenAsync(app);
        await AnswerAsync(page, MadeUpAnswer);
        await page.ScoreAsync(("a.jpg", First.Bytes));

        IDownload download = await page.Page.RunAndWaitForDownloadAsync(() => page.Button("Export CSV").ClickAsync());

        Assert.Equal(
            "file,label,probability,outcome,error,model,version,\"dent;'@SUM(1)\",'=2+3\r\n"
            + "a.jpg,\"dent;'@SUM(1)\",0.75,accepted,,'-model,1,0.75,0.25\r\n",
            await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_told_without_being_sent()
    {
        await using ScoringApp app = await PageApp.StartAsync(demo, o => o.MaxImageBytes = 100_000);
        await using OpenPage page = await chromium.OpenAsync(app);
        List<string> sent = [];
        page.Page.Request += (_, request) => sent.Add(request.Method);

        await page.ScoreAsync(("large.jpg", new byte[100_001]));

        await Expect(page.Card("large.jpg")).ToContainTextAsync("The file is larger than the 0.1 MB that this service takes: save it smaller.");
        Assert.DoesNotContain("POST", sent);
    }

    [Fact]
    public async Task Clearing_forgets_every_picture()
    {
        await using ScoringApp app = await PageApp.StartAsync(demo);
        await using OpenPage page = await chromium.OpenAsync(app);
        await page.ScoreAsync(First);

        await page.Button("Clear").ClickAsync();

        await Expect(page.Cards).ToHaveCountAsync(0);
        await Expect(page.Button("Export CSV")).ToBeHiddenAsync();
        await Expect(page.Files).ToBeFocusedAsync();
        await page.ScoreAsync(First);
        await Expect(page.Cards).ToHaveCountAsync(1);
    }

    private static async Task AnswerAsync(OpenPage page, string json) =>
        await page.Page.RouteAsync("**/score", route => route.FulfillAsync(new RouteFulfillOptions { ContentType = "application/json", Body = json }));

    private static string Percent(double probability) => probability is > 0.9995 and < 1
        ? "> 99.9%"
        : string.Create(CultureInfo.InvariantCulture, $"{probability * 100:0.0}%");

    // As JavaScript writes numbers: with an exponent below a millionth only, and no zero before it.
    private static string Number(JsonElement number) => number.GetDouble() is >= 1e-6
        ? number.GetDecimal().ToString(CultureInfo.InvariantCulture)
        : number.GetDouble().ToString("R", CultureInfo.InvariantCulture).Replace("E-0", "e-", StringComparison.Ordinal).Replace("E-", "e-", StringComparison.Ordinal);
}
