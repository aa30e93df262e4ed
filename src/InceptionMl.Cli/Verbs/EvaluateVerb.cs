using System.CommandLine;
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
        SourceOptions sources = new();
        sources.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            EvaluationOptions options = new() { IncludeTrained = parsed.GetValue(includeTrained), CacheFolder = CommonOptions.CacheFolder(parsed, cache) };
            EvaluationResult result = await ProgressDisplay.CountAsync(context, progress => ModelEvaluator.EvaluateAsync(
                ModelPath.Resolve(parsed.GetRequiredValue(model)), sources.Source(parsed, parsed.GetRequiredValue(images)), options, progress, cancellationToken));
            RunMessages.Write(context.Error, result.Diagnostics, NeverGivenText.Create(result), result.Unreadable);
            if (result.Metrics.Images == 0)
            {
                await context.FailAsync(EvaluationReport.NothingToMeasure(result));
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
}
