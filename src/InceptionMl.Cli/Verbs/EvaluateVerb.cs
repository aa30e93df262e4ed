using System.CommandLine;
using InceptionMl.Training;
using InceptionMl.Training.Evaluation;

namespace InceptionMl.Cli;

/// <summary><c>evaluate MODEL.zip|REGISTRY FOLDER|MANIFEST</c></summary>
internal static class EvaluateVerb
{
    public static Command Create(CommandContext context)
    {
        Argument<string> model = new("model") { Description = ModelPath.Description };
        Argument<string> images = new("images") { Description = "Labeled images in any layout that train takes; of given parts, the test part is used." };
        Option<bool> json = CommonOptions.Json();
        Option<string> format = CommonOptions.Format();
        Option<bool> includeTrained = new("--include-trained") { Description = "Count images that the model was trained on as well, which are left out otherwise." };
        Option<string?> cache = CommonOptions.Cache();
        Command verb = new("evaluate", "Measure a model on labeled images.") { model, images, includeTrained, cache, json, format };
        Option<string?> report = new("--report") { Description = "Write a report, a page of HTML that holds its pictures and charts.", HelpName = "file.html" };
        PageOptions pages = new(context);
        SourceOptions sources = new();
        sources.AddTo(verb);
        verb.Add(report);
        pages.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            string? page = CheckReport(parsed, report, pages, parsed.GetRequiredValue(model));
            pages.Check(parsed, parsed.GetRequiredValue(model));
            string modelPath = ModelPath.Resolve(parsed.GetRequiredValue(model));
            EvaluationOptions options = new() { IncludeTrained = parsed.GetValue(includeTrained), CacheFolder = CommonOptions.CacheFolder(parsed, cache) };
            EvaluationResult result = await ProgressDisplay.CountAsync(context, progress => ModelEvaluator.EvaluateAsync(
                modelPath, sources.Source(parsed, parsed.GetRequiredValue(images)), options, progress, cancellationToken));
            RunMessages.Write(context.Error, result.Diagnostics, NeverGivenText.Create(result), result.Unreadable);
            if (result.Metrics.Images == 0)
            {
                await context.FailAsync(EvaluationReport.NothingToMeasure(result));
            }
            else
            {
                if (page is not null)
                {
                    ModelReport.Options shown = pages.ReadReport(parsed, Suggestions.Create(result.Metrics));
                    await PageOptions.WriteAsync(context, page, () => ModelReport.WriteEvaluationAsync(page, modelPath, result, shown, cancellationToken));
                    context.Tell(Tone.Plain, $"The report is {page}.");
                }

                await pages.WriteMistakesAsync(parsed, modelPath, result.Predictions, cancellationToken);
            }

            if (CommonOptions.IsJson(parsed, json, format))
            {
                await context.Output.WriteLineAsync(EvaluationReport.ToJson(result));
            }
            else if (result.Metrics.Images > 0)
            {
                EvaluationReport.Write(context, result);
                Suggestions.Write(context, Suggestions.Create(result.Metrics));
            }

            return result.Metrics.Images == 0 ? ExitStatus.Failed : result.Unreadable.Count > 0 ? ExitStatus.SomeUnreadable : ExitStatus.Done;
        });
        return verb;
    }

    private static string? CheckReport(ParseResult parsed, Option<string?> option, PageOptions pages, string model)
    {
        string? page = parsed.GetValue(option);
        if (page is not null && !page.EndsWith(".html", StringComparison.OrdinalIgnoreCase))
        {
            throw new UsageException($"{option.Name} {page} does not end in .html: a report is an HTML file.");
        }

        if (page is not null)
        {
            pages.CheckPage(option.Name, page, model);
        }

        return page;
    }
}
