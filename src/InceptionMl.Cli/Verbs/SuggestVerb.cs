using System.CommandLine;
using System.Globalization;
using InceptionMl.Training;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Cli;

/// <summary><c>suggest MODEL.zip|REGISTRY FOLDER --out FILE.csv</c></summary>
internal static class SuggestVerb
{
    private const int Shown = 10;

    public static Command Create(CommandContext context)
    {
        Argument<string> model = new("model") { Description = ModelPath.Description };
        Argument<string> images = new("images") { Description = "A folder or a manifest of images to choose from. Those that the model was trained on are passed over." };
        Option<string> output = new("--out") { Description = "The CSV file to write: fill in the column label, and train on it. A page beside it shows the images.", Required = true };
        Option<int?> count = new("--count") { Description = "How many images to choose. The default is 5 for each class of the model." };
        Option<string?> cache = CommonOptions.Cache();
        Option<bool> json = CommonOptions.Json();
        Command verb = new("suggest", "Choose which unlabeled images to label next.") { model, images, output, count, cache, json };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(count) < 1)
            {
                throw new UsageException($"--count {parsed.GetValue(count)} is no number of images from 1.");
            }

            string file = parsed.GetRequiredValue(output);
            Destination.SpareModel("--out", file, parsed.GetRequiredValue(model));
            Destination.SpareOutput(context, "--out", file);
            string sheet = PageOptions.SheetBeside(context, "--out", file);
            ActiveLearning.Options options = new() { Count = parsed.GetValue(count), CacheFolder = CommonOptions.CacheFolder(parsed, cache) };
            ActiveLearning.Result result = await ProgressDisplay.CountAsync(context, progress => ActiveLearning.SuggestAsync(
                ModelPath.Resolve(parsed.GetRequiredValue(model)), parsed.GetRequiredValue(images), options, progress, cancellationToken));
            RunMessages.Write(context.Error, result.Diagnostics, [], result.Problems);
            if (result.Images.Count == 0)
            {
                await context.FailAsync(result.Known > 0 ? "The model was trained on all of these images: name others to choose from." : "There is no image to choose from.");
                return ExitStatus.Failed;
            }

            result.WriteManifest(file);
            await PageOptions.WriteAsync(context, sheet, () => ModelReport.WriteSuggestionsAsync(sheet, result, cancellationToken));
            if (parsed.GetValue(json))
            {
                foreach (ActiveLearning.SuggestedImage image in result.Images)
                {
                    await context.Output.WriteLineAsync(JsonLine.Write(new SuggestionOutput(image.Path, image.Label, image.Probability, image.Margin, image.Reason)));
                }
            }
            else
            {
                WriteTable(context, result, parsed.GetRequiredValue(images), file, sheet);
            }

            return result.Problems.Count > 0 ? ExitStatus.SomeUnreadable : ExitStatus.Done;
        });
        return verb;
    }

    private static string Because(ActiveLearning.Reason reason) => reason switch
    {
        ActiveLearning.Reason.Uncertain => "the model is not sure",
        ActiveLearning.Reason.Typical => "its class has few images",
        _ => "it is unlike the others",
    };

    private static void WriteTable(CommandContext context, ActiveLearning.Result result, string images, string file, string sheet)
    {
        TerminalTable table = new(
            new TerminalColumn("image"), new TerminalColumn("looks like"), new TerminalColumn("probability", IsNumber: true), new TerminalColumn("margin", IsNumber: true, Rank: 1), new TerminalColumn("because", Rank: 2));
        foreach (ActiveLearning.SuggestedImage image in result.Images.Take(Shown))
        {
            table.Add(Directory.Exists(images) ? Path.GetRelativePath(images, image.FullPath) : image.Path, image.Label, image.Probability.ToString("F2", CultureInfo.InvariantCulture), image.Margin.ToString("F2", CultureInfo.InvariantCulture), Because(image.Reason));
        }

        table.Write(context.Console);
        string passed = result.Known > 0 ? FormattableString.Invariant($"; {result.Known} more were trained on already") : string.Empty;
        context.Text.WriteLine(FormattableString.Invariant(
            $"{result.Images.Count} of {result.Pool} images are worth a label first{passed}. All are in {file}, and {sheet} shows them: fill in the column label, and train on it with the images that have labels."));
    }
}

/// <summary>A line of <c>suggest --json</c>.</summary>
internal sealed record SuggestionOutput(string Path, string Predicted, double Probability, double Margin, ActiveLearning.Reason Reason);
