using System.CommandLine;
using InceptionMl.Training;
using InceptionMl.Training.Evaluation;

namespace InceptionMl.Cli;

/// <summary><c>demo</c>: the main job on the images that come with the tool.</summary>
internal static class DemoVerb
{
    private const string Set = "fasteners";

    public static Command Create(CommandContext context)
    {
        Option<string> output = new("--out")
        {
            Description = "The model zip to write.",
            DefaultValueFactory = _ => Path.Combine("artifacts", Set + ".zip"),
        };
        Command verb = new("demo", "Train on the demo images that come with the tool, evaluate the model and score with it.") { output };
        verb.SetAction((parsed, cancellationToken) => RunAsync(context, parsed.GetRequiredValue(output), cancellationToken));
        return verb;
    }

    private static async Task<int> RunAsync(CommandContext context, string model, CancellationToken cancellationToken)
    {
        string images = Path.GetRelativePath(Environment.CurrentDirectory, Path.Combine(AppContext.BaseDirectory, "datasets", Set));
        context.Text.WriteLine($"1. train {images} --out {model}");
        TrainingSettings settings = new() { Data = [images], Cache = Path.Combine("artifacts", "cache") };
        TrainOptions options = new() { Packaged = context.Packaged, Check = true, Review = true };
        TrainResult trained = await TrainVerb.TrainAsync(context, settings, options, model, cancellationToken);
        string report = ModelReport.PathBeside(model);
        TrainReport.Write(context, trained, report);
        IReadOnlyList<BackboneFigures>? figures = await BackboneRace.CompareWithOthersAsync(context, settings, trained, options, string.Empty, cancellationToken);
        Suggestions.Write(context, Suggestions.Create(trained, figures));
        await ModelReport.WriteTrainingAsync(
            report,
            trained with { Compared = figures ?? [] },
            new ModelReport.Options { Suggestions = Suggestions.Create(trained, figures, withTimes: false) },
            cancellationToken);

        string test = Path.Combine(images, "test");
        context.Text.WriteLine();
        context.Text.WriteLine($"2. evaluate {model} {test}");
        EvaluationReport.Write(context, await ModelEvaluator.EvaluateAsync(model, test, new EvaluationOptions { CacheFolder = settings.Cache?.ToString() }, cancellationToken: cancellationToken));

        context.Text.WriteLine();
        context.Text.WriteLine($"3. score {model} (an image of each label)");
        string[] examples = [.. Directory.EnumerateDirectories(test).Order(StringComparer.Ordinal)
            .Select(label => Directory.EnumerateFiles(label, "*.jpg").Order(StringComparer.Ordinal).First())];
        return await ScoreVerb.RunAsync(context, new ScoreRequest(model, examples), cancellationToken);
    }
}
