using System.IO.Compression;
using System.Text.Json;
using InceptionMl.TestSupport;

namespace InceptionMl.Cli.Tests.Packaging;

/// <summary>The scoring package, a model, and files of every format and feature, whole and cut in half.</summary>
public sealed class PackedScoring : IAsyncLifetime
{
    internal PackedFeed Feed { get; } = new();

    /// <summary>A model of some kilobytes.</summary>
    internal string Model => Feed.At("made", "registry", "versions", "0002", "model.zip");

    /// <summary>The folder of the files.</summary>
    internal string Files => Feed.At("files");

    /// <summary>The program that <see cref="WriteProject"/> gives once it is built.</summary>
    internal string Program(string name) => Feed.At(name, "bin", "Debug", "net10.0", "probe.dll");

    /// <summary>Writes an application that scores all files of a folder, a line for each.</summary>
    /// <returns>Its folder.</returns>
    internal string WriteProject(string name, string skia, string? natives)
    {
        Feed.Write($"{name}/Directory.Build.props", "<Project />");
        Feed.Write($"{name}/Program.cs", """
            using System.Globalization;
            using InceptionMl.Scoring;
            using ImageScorer scorer = ImageScorer.Open(args[0]);
            foreach (string file in Directory.GetFiles(args[1]).Order(StringComparer.Ordinal))
            {
                try
                {
                    ScoredImage image = scorer.Score(File.ReadAllBytes(file));
                    Console.WriteLine($"{Path.GetFileName(file)}\t{image.Label}\t{image.Probability.ToString("R", CultureInfo.InvariantCulture)}");
                }
                catch (InceptionMl.Images.ImageRefusedException refusal)
                {
                    Console.WriteLine($"{Path.GetFileName(file)}\t{refusal.Message}");
                }
            }
            """);
        string listed = natives is null ? "" : $"""<PackageReference Include="SkiaSharp.NativeAssets.Linux.NoDependencies" Version="{natives}" />""";
        Feed.Write($"{name}/probe.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <AssemblyName>probe</AssemblyName>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="InceptionMl" Version="[{Feed.Version}]" />
                <PackageReference Include="SkiaSharp" Version="{skia}" />
                {listed}
              </ItemGroup>
            </Project>
            """);
        return Feed.At(name);
    }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        await Feed.PackAsync([Workspace.At("src", "InceptionMl", "InceptionMl.csproj")]);
        await ZipFile.ExtractToDirectoryAsync(Path.Combine(AppContext.BaseDirectory, "made-by-3d47b71.zip"), Feed.At("made"));
        int number = 0;
        Directory.CreateDirectory(Files);
        foreach (string line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "decoded.jsonl")))
        {
            byte[] file = JsonDocument.Parse(line).RootElement.GetProperty("file").GetBytesFromBase64();
            await File.WriteAllBytesAsync(Path.Combine(Files, $"{number:000} whole"), file);
            await File.WriteAllBytesAsync(Path.Combine(Files, $"{number++:000} half"), file[..(file.Length / 2)]);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Feed.Dispose();
        return ValueTask.CompletedTask;
    }
}
