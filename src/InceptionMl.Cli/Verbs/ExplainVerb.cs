using System.CommandLine;
using System.Globalization;
using InceptionMl.Internal;
using InceptionMl.Scoring;
using InceptionMl.Scoring.Explanations;

namespace InceptionMl.Cli;

/// <summary><c>explain MODEL.zip|REGISTRY IMAGE --out HEAT.png</c></summary>
internal static class ExplainVerb
{
    public static Command Create(CommandContext context)
    {
        Argument<string> model = new("model") { Description = ModelPath.Description };
        Argument<string> image = new("image") { Description = "The image to explain." };
        Option<string> output = new("--out") { Description = "The overlay to write, a PNG file.", Required = true };
        Option<string?> label = new("--label") { Description = "The label to explain. The default is the most probable one." };
        Option<bool> json = CommonOptions.Json();
        Option<string> format = CommonOptions.Format();
        Command verb = new("explain", "Show where in an image the evidence for a label lies.") { model, image, output, label, json, format };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            string path = parsed.GetRequiredValue(image);
            string png = parsed.GetRequiredValue(output);
            CheckDestination(parsed.GetRequiredValue(model), path, png);
            Destination.SpareOutput(context, "--out", png);
            using ImageScorer scorer = ImageScorer.Open(ModelPath.Resolve(parsed.GetRequiredValue(model)));
            ImageExplanation explanation = await ProgressDisplay.WaitAsync(
                context, $"explaining {path}", () => scorer.Explain(path, parsed.GetValue(label), cancellationToken));
            byte[] overlay = HeatOverlay.Png(await File.ReadAllBytesAsync(path, cancellationToken), explanation);
            AtomicFile.Write(png, stream => stream.Write(overlay));
            await context.Writer(CommonOptions.IsJson(parsed, json, format)).WriteLineAsync(CommonOptions.IsJson(parsed, json, format) ? ToJson(path, png, explanation) : Sentence(path, png, explanation));
            return ExitStatus.Done;
        });
        return verb;
    }

    private static void CheckDestination(string model, string image, string png)
    {
        if (!png.EndsWith(".png", StringComparison.OrdinalIgnoreCase))
        {
            throw new UsageException($"--out {png} does not end in .png: an overlay is a PNG file.");
        }

        Destination.RefuseToOverwrite("--out", png, image, "the image itself");
        Destination.SpareModel("--out", png, model);
    }

    private static string Name(ExplanationMethod method) => method == ExplanationMethod.ClassActivationMap ? "class activation map" : "occlusion";

    private static string Sentence(string path, string png, ImageExplanation explanation) => string.Create(
        CultureInfo.InvariantCulture,
        $"{path}: {explanation.Label} {explanation.Probability:P1}, by {Name(explanation.Method)} ({explanation.Width} x {explanation.Height}); see {png}");

    private static string ToJson(string path, string png, ImageExplanation explanation) => JsonLine.Write(new ExplainOutput(
        path,
        explanation.Label,
        explanation.Probability,
        Name(explanation.Method),
        explanation.Logit,
        explanation.Bias,
        [.. explanation.Grid.ToArray().Chunk(explanation.Width)],
        explanation.Region,
        png));
}

/// <summary><c>explain --json</c></summary>
internal sealed record ExplainOutput(
    string Path, string Label, double Probability, string Method, double Logit, double Bias, IReadOnlyList<float[]> Grid, ImageRegion Region, string Out);
