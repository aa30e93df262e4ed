using System.CommandLine;
using InceptionMl.Backbones;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Features.Internal;

namespace InceptionMl.Cli;

/// <summary><c>featurize FOLDER|MANIFEST --out FILE</c></summary>
internal static class FeaturizeVerb
{
    public static Command Create(CommandContext context)
    {
        Argument<string> images = new("images") { Description = "A folder of images in any layout, or a CSV or TSV manifest." };
        Option<string> output = new("--out") { Description = "The file to write, .parquet or .csv.", Required = true };
        Option<string?> cache = CommonOptions.Cache();
        Option<bool> json = CommonOptions.Json();
        Option<string> format = CommonOptions.Format();
        BackboneChoice backboneOptions = new(context);
        Command verb = new("featurize", "Write the backbone's features of every image to a Parquet or CSV file.") { images, output, cache, json, format };
        SourceOptions sources = new();
        sources.AddTo(verb);
        backboneOptions.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            if (backboneOptions.Settings(parsed).Model.Path?.ToString() is { } file)
            {
                Destination.RefuseToOverwrite("--out", parsed.GetRequiredValue(output), file, "the backbone itself");
            }

            Destination.SpareOutput(context, "--out", parsed.GetRequiredValue(output));
            Backbone backbone = backboneOptions.Open(parsed);
            FeatureOptions options = new() { CacheFolder = CommonOptions.CacheFolder(parsed, cache) };
            FeatureExportResult result = await ProgressDisplay.RunAsync(context, (progress, _) => FeatureExport.WriteAsync(
                backbone, sources.Source(parsed, parsed.GetRequiredValue(images)), parsed.GetRequiredValue(output), options, progress, context.Time, cancellationToken));
            Report(context, result, backbone.Card.Name, parsed.GetRequiredValue(output), CommonOptions.IsJson(parsed, json, format));
            return result.Problems.Count > 0 ? ExitStatus.SomeUnreadable : ExitStatus.Done;
        });
        return verb;
    }

    private static void Report(CommandContext context, FeatureExportResult result, string backbone, string output, bool json)
    {
        RunMessages.Write(context.Error, result.Diagnostics, [], result.Problems);
        context.Writer(json).WriteLine(json ? ToJson(result, backbone) : FormattableString.Invariant(
            $"{result.Images} images, {result.Width} features each, by {backbone}, in {output} ({result.TotalSeconds:F1} s; {result.CacheHits} from the cache, {result.Problems.Count} unreadable)."));
    }

    private static string ToJson(FeatureExportResult result, string backbone) => JsonLine.Write(new FeaturizeOutput(
        result.Images,
        result.Problems.Count,
        result.Width,
        backbone,
        new SecondsOutput(result.FeaturizeSeconds, Head: null, Compare: null, result.TotalSeconds),
        new CacheOutput(result.CacheHits, result.Images - result.CacheHits),
        result.Problems,
        RunMessages.Sentences(result.Diagnostics),
        result.Diagnostics));
}

/// <summary><c>featurize --json</c></summary>
internal sealed record FeaturizeOutput(
    int Images,
    int Unreadable,
    int Width,
    string Backbone,
    SecondsOutput Seconds,
    CacheOutput Cache,
    IReadOnlyList<ImageProblem> Problems,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<Diagnostic> Diagnostics);
