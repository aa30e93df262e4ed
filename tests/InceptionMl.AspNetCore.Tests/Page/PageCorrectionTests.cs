using InceptionMl.TestSupport;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace InceptionMl.AspNetCore.Tests.Page;

/// <summary>What the page says of the model, and how people tell it that it is wrong.</summary>
[Collection(SharedModelCollection.Name)]
[Trait("Category", "Slow")]
public sealed class PageCorrectionTests(TrainedDemo demo, Chromium chromium)
{
    private static readonly (string Name, byte[] Bytes) First = PageApp.Pictures[0];

    [Fact]
    public async Task It_says_what_the_model_can_tell_apart_and_how_good_it_is()
    {
        await using ScoringApp app = await PageApp.StartAsync(demo);
        await using OpenPage page = await chromium.OpenAsync(app);

        ILocator summary = page.Page.Locator("#about-summary");
        await Expect(summary).ToContainTextAsync($"Tells {demo.Result.Classes.Count} labels apart, right for ");
        await Expect(summary).ToContainTextAsync($"of {demo.Result.Images.Test} test images");
        await page.TabToAsync(summary);
        await page.Page.Keyboard.PressAsync("Enter");

        await Expect(page.Page.Locator("#about-labels li")).ToHaveTextAsync(demo.Result.Classes.ToArray());
    }

    [Fact]
    public async Task The_right_label_is_given_by_keyboard_and_kept()
    {
        using TemporaryFolder folder = new();
        await using ScoringApp app = await PageApp.StartAsync(demo, o => o.CollectFolder = folder.At("kept"));
        await using OpenPage page = await chromium.OpenAsync(app);
        await page.ScoreAsync(First);

        await page.TabToAsync(page.Card(First.Name).Locator(".right"));
        await page.Page.Keyboard.TypeAsync("../outside");
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Card(First.Name).Locator(".kept")).ToContainTextAsync("cannot be a folder's name");
        await page.Card(First.Name).Locator(".right").FillAsync("washer");
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Card(First.Name).Locator(".kept")).ToHaveTextAsync("Kept as washer.");

        Assert.Equal(First.Bytes, await File.ReadAllBytesAsync(
            Assert.Single(Directory.EnumerateFiles(folder.At("kept", "washer"))), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Nobody_is_asked_where_nothing_is_kept()
    {
        await using ScoringApp app = await PageApp.StartAsync(demo);
        await using OpenPage page = await chromium.OpenAsync(app);

        await page.ScoreAsync(First);

        await Expect(page.Card(First.Name).Locator(".correction")).ToBeHiddenAsync();
    }

    [Theory]
    [InlineData(320)]
    [InlineData(390)]
    public async Task On_a_phone_nothing_is_wider_than_the_screen(int width)
    {
        using TemporaryFolder folder = new();
        await using ScoringApp app = await PageApp.StartAsync(demo, o => o.CollectFolder = folder.At("kept"));
        await using OpenPage page = await chromium.OpenAsync(app, PhoneScreen.Create(width));

        await page.ScoreAsync(First);
        await page.Page.Locator("#about-summary").ClickAsync();

        Assert.True(await page.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
        Assert.True(await page.Card(First.Name).Locator(".right").EvaluateAsync<bool>("e => e.getBoundingClientRect().height >= 44"));
    }
}
