using Microsoft.Playwright;

namespace InceptionMl.AspNetCore.Tests.Page;

/// <summary>
/// The browser that the machine has, without a window. It starts with the first test that asks for it; where there is none, nothing is
/// fetched and those tests skip.
/// </summary>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Places =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];

    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>Opens the page of an application; skips the running test where there is no browser.</summary>
    internal async Task<OpenPage> OpenAsync(ScoringApp app, BrowserNewContextOptions? options = null, string address = "/")
    {
        string? executable = Places.FirstOrDefault(File.Exists);
        Assert.SkipUnless(executable is not null, $"needs Chromium or Chrome, and none of {string.Join(", ", Places)} is here");
        browser ??= await LaunchAsync(executable);
        IBrowserContext context = await browser.NewContextAsync(options ?? new BrowserNewContextOptions());
        OpenPage page = new(context, await context.NewPageAsync());
        await page.Page.GotoAsync(new Uri(app.Client.BaseAddress!, address).AbsoluteUri);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
    }

    private async Task<IBrowser> LaunchAsync(string executable)
    {
        // What is waited for comes; on a busy machine it comes late.
        Assertions.SetDefaultExpectTimeout(30_000);
        playwright ??= await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = executable,
            ChromiumSandbox = !Environment.IsPrivilegedProcess,
            Args = ["--use-fake-device-for-media-stream"],
        });
    }
}
