using InceptionMl.TestSupport;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace InceptionMl.AspNetCore.Tests.Page;

/// <summary>The ways in which pictures come to the page.</summary>
[Collection(SharedModelCollection.Name)]
[Trait("Category", "Slow")]
public sealed class PageInputTests(TrainedDemo demo, Chromium chromium)
{
    private const string Transfer = """
        ([kind, names, base64]) => {
            const transfer = new DataTransfer();
            const bytes = Uint8Array.from(atob(base64), c => c.charCodeAt(0));
            names.forEach(name => transfer.items.add(new File([bytes], name, { type: "image/jpeg" })));
            const target = document.querySelector("main");
            if (kind === "drop") {
                target.dispatchEvent(new DragEvent("dragover", { dataTransfer: transfer, bubbles: true, cancelable: true }));
            }
            const Kind = kind === "drop" ? DragEvent : ClipboardEvent;
            const property = kind === "drop" ? "dataTransfer" : "clipboardData";
            return !target.dispatchEvent(new Kind(kind, { [property]: transfer, bubbles: true, cancelable: true }));
        }
        """;

    // Pictures come out of the canvas when the test says so, and are dealt with by then.
    private const string HoldShots = """
        () => {
            const toBlob = HTMLCanvasElement.prototype.toBlob;
            window.shots = [];
            HTMLCanvasElement.prototype.toBlob = function (done, ...how) {
                window.shots.push(() => new Promise(over => toBlob.call(this, blob => {
                    done(blob);
                    setTimeout(over);
                }, ...how)));
            };
        }
        """;

    private const string DevelopShots = "() => Promise.all(shots.map(develop => develop()))";

    private static readonly (string Name, byte[] Bytes) First = PageApp.Pictures[0];

    [Theory]
    [InlineData("drop")]
    [InlineData("paste")]
    public async Task Pictures_are_dropped_or_pasted(string kind)
    {
        await using ScoringApp app = await PageApp.StartAsync(demo);
        await using OpenPage page = await chromium.OpenAsync(app);

        bool prevented = await page.Page.EvaluateAsync<bool>(Transfer, new object[] { kind, new[] { "a.jpg", "b.jpg" }, Convert.ToBase64String(First.Bytes) });
        await page.SettledAsync();

        // A browser that is left to itself would open the first of the files instead of the page.
        Assert.Equal(kind == "drop", prevented);
        await Expect(page.Cards).ToHaveCountAsync(2);
        await Expect(page.Status).ToHaveTextAsync("2 pictures scored.");
        await Expect(page.Page.Locator(".over")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_picture_is_taken_with_the_computers_camera()
    {
        await using ScoringApp app = await PageApp.StartAsync(demo);
        await using OpenPage page = await chromium.OpenAsync(app, new BrowserNewContextOptions { Permissions = ["camera"] });

        await page.Button("Use the camera").ClickAsync();
        await Expect(page.Button("Take the picture")).ToBeFocusedAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await page.SettledAsync();

        await Expect(page.Card("camera 1.jpg").Locator(".answer")).ToBeVisibleAsync();
        await Expect(page.Page.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();
        Assert.True(await page.Page.EvaluateAsync<bool>("() => document.querySelector('video').srcObject === null"));
    }

    [Fact]
    public async Task Two_clicks_take_one_picture()
    {
        await using ScoringApp app = await PageApp.StartAsync(demo);
        await using OpenPage page = await OpenCameraAsync(app);
        await page.Page.EvaluateAsync(HoldShots);

        await page.Button("Take the picture").DblClickAsync();
        await page.Page.EvaluateAsync(DevelopShots);
        await page.SettledAsync();

        Assert.Equal(1, await page.Page.EvaluateAsync<int>("() => shots.length"));
        await Expect(page.Cards).ToHaveCountAsync(1);
        await Expect(page.Page.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_camera_that_is_closed_meanwhile_gives_no_picture()
    {
        await using ScoringApp app = await PageApp.StartAsync(demo);
        await using OpenPage page = await OpenCameraAsync(app);
        await page.Page.EvaluateAsync(HoldShots);

        await page.Button("Take the picture").ClickAsync();
        await page.Page.Keyboard.PressAsync("Escape");
        await Expect(page.Page.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();
        await page.Page.EvaluateAsync(DevelopShots);

        await Expect(page.Cards).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_picture_that_the_camera_does_not_give_is_told_and_can_be_taken_again()
    {
        await using ScoringApp app = await PageApp.StartAsync(demo);
        await using OpenPage page = await OpenCameraAsync(app);
        await page.Page.EvaluateAsync("() => HTMLCanvasElement.prototype.toBlob = done => done(null)");

        await page.Button("Take the picture").ClickAsync();

        await Expect(page.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("The camera gave no picture: take it again.");
        await Expect(page.Button("Take the picture")).ToBeFocusedAsync();
        await Expect(page.Button("Take the picture")).ToBeEnabledAsync();
        await Expect(page.Cards).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_computer_that_becomes_a_tablet_keeps_one_button_for_the_camera()
    {
        await using ScoringApp app = await PageApp.StartAsync(demo);
        await using OpenPage page = await chromium.OpenAsync(app);
        await Expect(page.Button("Use the camera")).ToBeVisibleAsync();
        ICDPSession browser = await page.Context.NewCDPSessionAsync(page.Page);

        await browser.SendAsync("Emulation.setTouchEmulationEnabled", new Dictionary<string, object> { ["enabled"] = true });

        await Expect(page.Button("Take a picture")).ToBeVisibleAsync();
        await Expect(page.Button("Use the camera")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_camera_that_may_not_be_used_is_told_and_the_dialog_closes_by_keyboard()
    {
        await using ScoringApp app = await PageApp.StartAsync(demo);
        await using OpenPage page = await chromium.OpenAsync(app);
        await page.Page.EvaluateAsync("() => navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'))");

        await page.Button("Use the camera").ClickAsync();
        await Expect(page.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("The browser does not let this page use the camera");
        await page.Page.Keyboard.PressAsync("Escape");

        await Expect(page.Page.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();
        await Expect(page.Button("Use the camera")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_phone_offers_its_own_camera()
    {
        await using ScoringApp app = await PageApp.StartAsync(demo);
        await using OpenPage page = await chromium.OpenAsync(app, PhoneScreen.Create(360));

        ILocator own = page.Button("Take a picture");
        await Expect(own).ToBeVisibleAsync();
        await Expect(page.Button("Use the camera")).ToBeHiddenAsync();
        await Expect(own).ToHaveAttributeAsync("capture", "environment");
        await own.SetInputFilesAsync(new FilePayload { Name = "image.jpg", MimeType = "image/jpeg", Buffer = First.Bytes });

        await Expect(page.Card("image.jpg")).ToContainTextAsync("Accepted");
    }

    private async Task<OpenPage> OpenCameraAsync(ScoringApp app)
    {
        OpenPage page = await chromium.OpenAsync(app, new BrowserNewContextOptions { Permissions = ["camera"] });
        await page.Button("Use the camera").ClickAsync();
        await Expect(page.Button("Take the picture")).ToBeEnabledAsync();
        return page;
    }
}
