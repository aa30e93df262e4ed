using InceptionMl.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace InceptionMl.AspNetCore.Tests.Page;

/// <summary>Heat maps that are long in coming: each takes the places of eight pictures in the service's queue.</summary>
[Collection(SharedModelCollection.Name)]
[Trait("Category", "Slow")]
public sealed class PageHeatMapTests(TrainedDemo demo, Chromium chromium)
{
    private static readonly (string Name, byte[] Bytes) First = PageApp.Pictures[0];
    private static readonly (string Name, byte[] Bytes) Second = PageApp.Pictures[1];

    [Fact]
    public async Task Several_quick_presses_ask_the_service_once()
    {
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using ScoringApp app = await StartAsync((_, next) => HeldAsync(gate, next));
        await using OpenPage page = await chromium.OpenAsync(app);
        List<string> asked = Explaining(page);
        await page.ScoreAsync(First);

        await page.HeatMap(First.Name).FocusAsync();
        for (int i = 0; i < 5; i++)
        {
            await page.Page.Keyboard.PressAsync("Space");
        }

        await Expect(page.Card(First.Name)).ToContainTextAsync("Finding the evidence");
        gate.SetResult();

        await Expect(Map(page, First)).ToBeVisibleAsync();
        await Expect(Announcement(page)).ToHaveTextAsync($"Heat map of {First.Name} shown.");
        Assert.Single(asked);
    }

    [Fact]
    public async Task One_that_is_no_longer_wanted_is_kept_without_being_announced()
    {
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using ScoringApp app = await StartAsync((_, next) => HeldAsync(gate, next));
        await using OpenPage page = await chromium.OpenAsync(app);
        List<string> asked = Explaining(page);
        await page.ScoreAsync(First, Second);
        await page.Page.EvaluateAsync("""
            () => {
                const announcement = document.querySelector("[aria-live]");
                window.heard = [];
                new MutationObserver(() => heard.push(announcement.textContent)).observe(announcement, { childList: true });
            }
            """);

        await page.HeatMap(First.Name).ClickAsync();
        await Expect(page.Card(First.Name)).ToContainTextAsync("Finding the evidence");
        await page.HeatMap(First.Name).ClickAsync();
        await page.Page.RunAndWaitForRequestFinishedAsync(() => Task.FromResult(gate.TrySetResult()));
        await page.HeatMap(Second.Name).ClickAsync();
        await Expect(Map(page, Second)).ToBeVisibleAsync();

        Assert.Equal([$"Heat map of {Second.Name} shown."], await page.Page.EvaluateAsync<string[]>("() => heard"));
        await Expect(Map(page, First)).ToHaveCountAsync(0);
        await page.HeatMap(First.Name).ClickAsync();
        await Expect(Map(page, First)).ToBeVisibleAsync();
        Assert.Equal(2, asked.Count);
    }

    [Fact]
    public async Task One_that_is_no_longer_wanted_when_its_turn_comes_is_not_asked_for()
    {
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        gate.SetResult();
        await using ScoringApp app = await PageApp.StartAsync(demo, pipeline: web => web.Use((context, next) =>
            context.Request.Path == "/score" ? HeldAsync(gate, () => next(context)) : next(context)));
        await using OpenPage page = await chromium.OpenAsync(app);
        List<string> asked = Explaining(page);
        await page.ScoreAsync(First);
        gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await page.Files.SetInputFilesAsync(PageApp.Pictures[1..4].Select(p => new FilePayload { Name = p.Name, MimeType = "image/jpeg", Buffer = p.Bytes }));
        await Expect(page.States("Scoring")).ToHaveCountAsync(3);

        await page.HeatMap(First.Name).ClickAsync();
        await Expect(Caption(page, First)).ToHaveTextAsync("Waiting");
        await page.HeatMap(First.Name).ClickAsync();
        await Expect(Caption(page, First)).ToBeHiddenAsync();
        gate.SetResult();
        await page.SettledAsync();

        Assert.Empty(asked);
        await page.HeatMap(First.Name).ClickAsync();
        await Expect(Map(page, First)).ToBeVisibleAsync();
        Assert.Single(asked);
    }

    [Fact]
    public async Task A_busy_service_is_told_where_the_heat_map_is_waited_for()
    {
        await using ScoringApp app = await StartAsync((context, _) =>
        {
            context.Response.Headers.RetryAfter = "30";
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        });
        await using OpenPage page = await chromium.OpenAsync(app);
        await page.ScoreAsync(First);

        await page.HeatMap(First.Name).ClickAsync();

        await Expect(Caption(page, First)).ToHaveTextAsync("The service is busy, trying again in 30 s");
        await page.HeatMap(First.Name).ClickAsync();
        await Expect(Caption(page, First)).ToBeHiddenAsync();
        await page.HeatMap(First.Name).ClickAsync();
        await Expect(Caption(page, First)).ToHaveTextAsync("The service is busy, trying again in 30 s");
    }

    private Task<ScoringApp> StartAsync(Func<HttpContext, Func<Task>, Task> explaining) => PageApp.StartAsync(demo, pipeline: web => web.Use((context, next) =>
        context.Request.Query.ContainsKey("explain") ? explaining(context, () => next(context)) : next(context)));

    private static async Task HeldAsync(TaskCompletionSource gate, Func<Task> next)
    {
        await gate.Task.WaitAsync(TestContext.Current.CancellationToken);
        await next();
    }

    private static List<string> Explaining(OpenPage page)
    {
        List<string> asked = [];
        page.Page.Request += (_, request) =>
        {
            if (request.Url.Contains("explain", StringComparison.Ordinal))
            {
                asked.Add(request.Url);
            }
        };
        return asked;
    }

    private static ILocator Announcement(OpenPage page) => page.Page.Locator("[aria-live]");

    private static ILocator Caption(OpenPage page, (string Name, byte[] Bytes) picture) => page.Card(picture.Name).Locator("figcaption");

    private static ILocator Map(OpenPage page, (string Name, byte[] Bytes) picture) =>
        page.Card(picture.Name).GetByRole(AriaRole.Img, new LocatorGetByRoleOptions { Name = $"Heat map of {picture.Name} for " });
}
