using Microsoft.Playwright;

namespace InceptionMl.AspNetCore.Tests.Page;

/// <summary>A phone held upright.</summary>
internal static class PhoneScreen
{
    public static BrowserNewContextOptions Create(int width, ColorScheme scheme = ColorScheme.Light) => new()
    {
        ViewportSize = new ViewportSize { Width = width, Height = 2 * width },
        DeviceScaleFactor = 2,
        IsMobile = true,
        HasTouch = true,
        ColorScheme = scheme,
    };
}
