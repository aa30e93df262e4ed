using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace InceptionMl.AspNetCore.Tests.Page;

/// <summary>The page in a browser, by the words that people and screen readers find on it.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly List<string> faults = [];

    public OpenPage(IBrowserContext context, IPage page)
    {
        this.context = context;
        Page = page;
        page.PageError += (_, error) => faults.Add(error);

        // A picture that is refused is a resource that failed to load; all else (the security policy's refusals among it) is a fault.
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
            {
                faults.Add(message.Text);
            }
        };
    }

    public IPage Page { get; }

    public IBrowserContext Context => context;

    public ILocator Files => Button("Choose pictures");

    public ILocator Status => Page.GetByRole(AriaRole.Status);

    public ILocator Cards => Page.GetByRole(AriaRole.Listitem).Filter(new LocatorFilterOptions { Has = Page.GetByRole(AriaRole.Heading) });

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = true });

    /// <summary>The card of a picture.</summary>
    public ILocator Card(string name) => Cards.Filter(new LocatorFilterOptions
    {
        Has = Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = name, Exact = true }),
    });

    public ILocator HeatMap(string name) => Button($"Heat map of {name}");

    /// <summary>What cards say that they wait for.</summary>
    public ILocator States(string state) =>
        Cards.GetByText(state, new LocatorGetByTextOptions { Exact = true }).Filter(new LocatorFilterOptions { Visible = true });

    /// <summary>Chooses pictures and waits until all are answered.</summary>
    public async Task ScoreAsync(params (string Name, byte[] Bytes)[] pictures)
    {
        await Files.SetInputFilesAsync(pictures.Select(p => new FilePayload { Name = p.Name, MimeType = "image/jpeg", Buffer = p.Bytes }));
        await SettledAsync();
    }

    public async Task SettledAsync()
    {
        await Expect(Page.GetByRole(AriaRole.Progressbar)).ToBeHiddenAsync();
        await Expect(Status).ToContainTextAsync("scored");
    }

    /// <summary>Presses the tabulator key until the focus is where it is expected.</summary>
    public async Task TabToAsync(ILocator target)
    {
        const int most = 40;
        for (int i = 0; i < most; i++)
        {
            await Page.Keyboard.PressAsync("Tab");
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                return;
            }
        }

        Assert.Fail($"The tabulator key does not reach {target}.");
    }

    public async ValueTask DisposeAsync()
    {
        await context.DisposeAsync();
        Assert.Empty(faults);
    }
}
