using InceptionMl.TestSupport;
using Microsoft.AspNetCore.Builder;

namespace InceptionMl.AspNetCore.Tests.Page;

/// <summary>An application with a scorer and the page, and pictures to give it.</summary>
internal static class PageApp
{
    /// <summary>A file of each class of the demo set, by its name.</summary>
    public static (string Name, byte[] Bytes)[] Pictures { get; } =
        [.. TrainedDemo.TestImages.GroupBy(Path.GetDirectoryName).Select(g => (Path.GetFileName(g.First()), File.ReadAllBytes(g.First())))];

    public static Task<ScoringApp> StartAsync(TrainedDemo demo, Action<ImageScoringOptions>? configure = null, Action<WebApplication>? pipeline = null) =>
        ScoringApp.StartAsync(
            o =>
            {
                o.FromFile(demo.Model);
                configure?.Invoke(o);
            },
            pipeline: (web, _) =>
            {
                pipeline?.Invoke(web);
                web.MapImageScoringPage();
            });

    /// <summary>The start of a file, which a copy that was cut off leaves.</summary>
    public static byte[] Broken(byte[] picture) => picture[..(picture.Length / 3)];
}
