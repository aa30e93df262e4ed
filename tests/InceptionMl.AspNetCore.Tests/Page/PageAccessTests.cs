using System.Text.Json;
using InceptionMl.TestSupport;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace InceptionMl.AspNetCore.Tests.Page;

/// <summary>The page for those who use a keyboard, a screen reader, a phone or a dark screen.</summary>
[Collection(SharedModelCollection.Name)]
[Trait("Category", "Slow")]
public sealed class PageAccessTests(TrainedDemo demo, Chromium chromium)
{
    private static readonly (string Name, byte[] Bytes) First = PageApp.Pictures[0];

    [Fact]
    public async Task Everything_is_done_by_keyboard()
    {
        await using ScoringApp app = await PageApp.StartAsync(demo);
        await using OpenPage page = await chromium.OpenAsync(app);

        await page.TabToAsync(page.Files);
        Assert.NotEqual("none", await page.Page.EvaluateAsync<string>("() => getComputedStyle(document.activeElement.closest('label')).outlineStyle"));

        // The browser is told to hand choosers over by a message that a key may overtake: it is told before, and has answered another since.
        page.Page.FileChooser += static (_, _) => { };
        await page.Page.EvaluateAsync("() => null");
        IFileChooser chooser = await page.Page.RunAndWaitForFileChooserAsync(() => page.Page.Keyboard.PressAsync("Enter"));
        Assert.True(chooser.IsMultiple);
        await chooser.SetFilesAsync(new FilePayload { Name = First.Name, MimeType = "image/jpeg", Buffer = First.Bytes });
        await page.SettledAsync();

        await page.TabToAsync(page.HeatMap(First.Name));
        await page.Page.Keyboard.PressAsync("Space");
        await Expect(page.Page.Locator("[aria-live]")).ToHaveTextAsync($"Heat map of {First.Name} shown.");
        await Expect(page.Status).ToHaveTextAsync("1 picture scored.");
        await Expect(page.HeatMap(First.Name)).ToBeFocusedAsync();

        await page.Files.FocusAsync();
        await page.TabToAsync(page.Button("Export CSV"));
        IDownload download = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.Keyboard.PressAsync("Enter"));
        Assert.Equal("scores.csv", download.SuggestedFilename);
        await page.TabToAsync(page.Button("Clear"));
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Cards).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_screen_reader_finds_every_control_by_a_name_and_hears_what_happens()
    {
        await using ScoringApp app = await PageApp.StartAsync(demo);
        await using OpenPage page = await chromium.OpenAsync(app);
        await page.ScoreAsync(First, ("broken.jpg", PageApp.Broken(First.Bytes)));

        await Expect(page.Page.GetByRole(AriaRole.Main)).ToMatchAriaSnapshotAsync(
            Expectation.Read("Page", "Snapshots", "results.yaml").Replace("PICTURE", First.Name, StringComparison.Ordinal));
        Assert.Equal("en", await page.Page.Locator("html").GetAttributeAsync("lang"));
        await Expect(page.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 })).ToHaveTextAsync("Image scoring");
        Assert.Empty(await page.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll("input, button")]
                .filter(e => !e.labels?.length && !e.getAttribute("aria-label") && !e.textContent.trim())
                .map(e => e.outerHTML)
            """));
        string[] ids = await page.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('[id]')].map(e => e.id)");
        Assert.Distinct(ids);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Every_text_stands_out_from_what_is_behind_it(ColorScheme scheme)
    {
        string path = Workspace.At("tests", "InceptionMl.AspNetCore.Tests", "Page", "Contrast.js");
        string script = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        await using ScoringApp app = await PageApp.StartAsync(demo, o => o.AbstainBelow = 0.9f);
        await using OpenPage page = await chromium.OpenAsync(app, new BrowserNewContextOptions { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        await page.ScoreAsync([.. PageApp.Pictures, ("broken.jpg", PageApp.Broken(First.Bytes)), ("text.jpg", "a text"u8.ToArray())]);
        await page.HeatMap(First.Name).ClickAsync();
        await Expect(page.Card(First.Name)).ToContainTextAsync("class activation map");

        // Parts that this run has no use for are shown as well.
        await page.Page.EvaluateAsync("() => document.querySelectorAll('main [hidden]').forEach(e => e.hidden = false)");
        await page.Page.EvaluateAsync("() => document.querySelector('#key-refused').textContent = 'refused'");
        JsonElement found = (await page.Page.EvaluateAsync<JsonElement?>(script))!.Value;

        Assert.True(found.GetProperty("count").GetInt32() > 60);
        Assert.Empty(found.GetProperty("low").EnumerateArray().Select(t => t.GetString()));
        bool isDark = await page.Page.EvaluateAsync<int>("() => Number(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0])") < 64;
        Assert.Equal(scheme == ColorScheme.Dark, isDark);
    }

    [Theory]
    [InlineData(320)]
    [InlineData(360)]
    public async Task On_a_phone_nothing_is_wider_than_the_screen_and_fingers_find_every_button(int width)
    {
        string longName = new string('a', 120) + ".jpg";
        await using ScoringApp app = await PageApp.StartAsync(demo);
        await using OpenPage page = await chromium.OpenAsync(app, PhoneScreen.Create(width));

        await page.ScoreAsync((longName, First.Bytes), (new string('b', 120) + ".jpg", PageApp.Broken(First.Bytes)));
        await page.HeatMap(longName).ClickAsync();
        await Expect(page.Card(longName)).ToContainTextAsync("class activation map");
        await page.Page.EvaluateAsync("() => document.querySelectorAll('main [hidden]').forEach(e => e.hidden = false)");

        Assert.Equal(width, await page.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        Assert.Empty(await page.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll("button, .button, input[type=password]")]
                .filter(e => e.checkVisibility() && (e.getBoundingClientRect().height < 44 || e.getBoundingClientRect().width < 44))
                .map(e => e.outerHTML)
            """));
    }
}
