using InceptionMl.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace InceptionMl.AspNetCore.Tests.Page;

/// <summary>What the page does when the service does not simply answer.</summary>
[Collection(SharedModelCollection.Name)]
[Trait("Category", "Slow")]
public sealed class PageServiceTests(TrainedDemo demo, Chromium chromium)
{
    private static readonly (string Name, byte[] Bytes) First = PageApp.Pictures[0];

    [Fact]
    public async Task A_busy_service_is_asked_again_when_it_says()
    {
        int asked = 0;
        int[] busy = [StatusCodes.Status503ServiceUnavailable, StatusCodes.Status429TooManyRequests];
        await using ScoringApp app = await PageApp.StartAsync(demo, pipeline: web => web.Use(async (context, next) =>
        {
            if (context.Request.Path == "/score" && asked++ < busy.Length)
            {
                context.Response.Headers.RetryAfter = "0";
                context.Response.StatusCode = busy[asked - 1];
                return;
            }

            await next(context);
        }));
        await using OpenPage page = await chromium.OpenAsync(app);

        await page.ScoreAsync(First);

        await Expect(page.Card(First.Name)).ToContainTextAsync("Accepted");
        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task Only_a_few_pictures_are_on_their_way_at_once()
    {
        int under = 0;
        int most = 0;
        using SemaphoreSlim arrived = new(0);
        using SemaphoreSlim gate = new(0);
        await using ScoringApp app = await PageApp.StartAsync(demo, pipeline: web => web.Use(async (context, next) =>
        {
            if (context.Request.Path != "/score")
            {
                await next(context);
                return;
            }

            lock (arrived)
            {
                most = Math.Max(most, ++under);
            }

            arrived.Release();
            await gate.WaitAsync(TestContext.Current.CancellationToken);
            await next(context);
            lock (arrived)
            {
                under--;
            }
        }));
        await using OpenPage page = await chromium.OpenAsync(app);

        Task scored = page.ScoreAsync(PageApp.Pictures);
        for (int i = 0; i < 3; i++)
        {
            await arrived.WaitAsync(TestContext.Current.CancellationToken);
        }

        // What the page says it sends, since a fourth request that is late would not be seen here.
        await Expect(page.States("Scoring")).ToHaveCountAsync(3);
        await Expect(page.States("Waiting")).ToHaveCountAsync(PageApp.Pictures.Length - 3);
        gate.Release(PageApp.Pictures.Length);
        await scored;

        Assert.Equal(3, most);
    }

    [Fact]
    public async Task A_lost_connection_is_told_and_the_picture_can_be_tried_again()
    {
        await using ScoringApp app = await PageApp.StartAsync(demo);
        await using OpenPage page = await chromium.OpenAsync(app);
        await Expect(page.Page.GetByRole(AriaRole.Banner)).ToContainTextAsync(ScoringApp.Name);
        await page.Context.SetOfflineAsync(true);
        await page.ScoreAsync(First);
        await Expect(page.Card(First.Name)).ToContainTextAsync("You are offline.");

        await page.Context.SetOfflineAsync(false);
        await page.Button($"Try {First.Name} again").ClickAsync();

        await Expect(page.Card(First.Name)).ToContainTextAsync("Accepted");
        await Expect(page.Card(First.Name)).ToBeFocusedAsync();
        await Expect(page.Button($"Try {First.Name} again")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task All_pictures_that_failed_for_a_while_are_tried_again_at_once()
    {
        int sent = 0;
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using ScoringApp app = await PageApp.StartAsync(
            demo,
            o => o.MaxImageBytes = 100_000,
            web => web.Use(async (context, next) =>
            {
                if (context.Request.Path == "/score")
                {
                    Interlocked.Increment(ref sent);
                    await gate.Task.WaitAsync(TestContext.Current.CancellationToken);
                }

                await next(context);
            }));
        await using OpenPage page = await chromium.OpenAsync(app);
        ILocator again = page.Button("Try failed again");
        await Expect(page.Page.GetByRole(AriaRole.Banner)).ToContainTextAsync(ScoringApp.Name);
        await page.ScoreAsync(("large.jpg", new byte[100_001]));
        await Expect(again).ToBeHiddenAsync();
        await page.Context.SetOfflineAsync(true);
        await page.ScoreAsync(PageApp.Pictures);
        await Expect(page.Page.GetByText("You are offline.")).ToHaveCountAsync(PageApp.Pictures.Length);

        await page.Context.SetOfflineAsync(false);
        await again.FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");

        await Expect(page.Status).ToHaveTextAsync($"Scoring {PageApp.Pictures.Length} pictures again.");
        await Expect(again).ToBeHiddenAsync();
        await Expect(page.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Results" })).ToBeFocusedAsync();
        gate.SetResult();
        await Expect(page.Status).ToHaveTextAsync($"{PageApp.Pictures.Length} pictures scored, 1 could not be scored.");
        await Expect(again).ToBeHiddenAsync();
        Assert.Equal(PageApp.Pictures.Length, sent);
    }

    [Fact]
    public async Task A_key_is_asked_for_used_and_kept_nowhere()
    {
        const string key = "right-key-of-the-service";
        await using ScoringApp app = await PageApp.StartAsync(demo, o => o.ApiKey = key);
        await using OpenPage page = await chromium.OpenAsync(app);
        ILocator field = page.Page.GetByLabel("API key");
        await Expect(field).ToBeFocusedAsync();

        await field.FillAsync("some-wrong-key");
        await page.Button("Use this key").ClickAsync();
        await Expect(field).ToBeHiddenAsync();
        await page.Files.SetInputFilesAsync(PageApp.Pictures.Select(p => new FilePayload { Name = p.Name, MimeType = "image/jpeg", Buffer = p.Bytes }));
        await Expect(page.Page.GetByText("That key was not accepted.")).ToBeVisibleAsync();
        await field.FillAsync(key);
        await page.Page.Keyboard.PressAsync("Enter");

        await page.SettledAsync();
        await Expect(page.Status).ToHaveTextAsync($"{PageApp.Pictures.Length} pictures scored.");
        await Expect(page.Page.GetByRole(AriaRole.Banner)).ToContainTextAsync(ScoringApp.Name);
        Assert.Equal(0, await page.Page.EvaluateAsync<int>("() => localStorage.length + sessionStorage.length + document.cookie.length"));
        Assert.Empty(await field.InputValueAsync());
    }
}
