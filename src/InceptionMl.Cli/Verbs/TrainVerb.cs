using System.CommandLine;
using InceptionMl.Internal;
using InceptionMl.Training;
using Spectre.Console;

namespace InceptionMl.Cli;

/// <summary><c>train FOLDER|MANIFEST</c></summary>
internal static class TrainVerb
{
    public static Command Create(CommandContext context)
    {
        Argument<string> images = new("images") { Description = "A folder with one folder per label, with train/ validation/ test/ folders, or a CSV or TSV manifest with the columns path and label and, if images have their parts, part." };
        Option<string?> output = new("--out") { Description = "The model zip to write. The default is artifacts/<name of the images' folder>.zip." };
        Option<string?> savePipeline = new("--save-pipeline")
        {
            Description = $"Write the pipeline file that repeats this training, and beside it {PipelineFile.SchemaName} by which editors complete it.",
        };
        Option<bool> force = new("--force")
        {
            Description = "Replace a file at --out or --save-pipeline even where it is no model or pipeline of InceptionMl.",
        };
        Option<bool> json = CommonOptions.Json();
        Option<string> format = CommonOptions.Format();
        Command verb = new("train", "Train a classifier on a folder of images and save it as one zipped ML.NET model.")
        {
            images, output,
        };
        Option<bool> noCompare = new("--no-compare")
        {
            Description = "Do not measure what could make the model better: other backbones at hand, where none was asked for, more images, augmented copies.",
        };
        Option<bool> noCheck = new("--no-check") { Description = "Do not look at the names and sizes of the classes and at some images first. The verb check looks at every image." };
        Option<bool> noReport = new("--no-report") { Description = "Write no report beside the model." };
        PageOptions pages = new(context);
        TrainingOptions training = new(context);
        training.AddTo(verb);
        pages.AddTo(verb);
        foreach (Option option in (Option[])[noReport, noCheck, noCompare, savePipeline, force, json, format])
        {
            verb.Add(option);
        }

        verb.SetAction(async (parsed, cancellationToken) =>
        {
            string source = parsed.GetRequiredValue(images);
            TrainingSettings settings = training.Read(parsed, source);
            string model = parsed.GetValue(output) ?? DefaultOutput(source);
            Destination.SpareOutput(context, "--out", model, Path.ChangeExtension(model, ".json"), "the model's card");
            pages.Check(parsed, model);
            string? report = parsed.GetValue(noReport) ? null : ModelReport.PathBeside(model);
            if (report is not null && !parsed.GetValue(force))
            {
                pages.CheckPage("--out", report, model);
            }

            TrainOptions options = training.ReadOptions(parsed);
            options.ReplaceAnyFile = parsed.GetValue(force);
            options.Check = !parsed.GetValue(noCheck);
            options.Review = !parsed.GetValue(noCompare);
            BackboneRace race = new(context, training.Backbone, parsed, options);
            settings = await race.ChooseAsync(settings, cancellationToken);
            string? pipelineFile = parsed.GetValue(savePipeline);
            TrainingSettings? pipeline = pipelineFile is null ? null : ToPipeline(pipelineFile, model, settings, parsed.GetValue(force));
            ReplacedModel? replaced = ReplacedModel.Find(model);
            TrainResult result = await TrainAsync(context, settings, options, model, cancellationToken);
            if (pipeline is not null)
            {
                Save(context, pipeline, pipelineFile!);
            }

            ReplacementComparison? comparison = replaced?.Compare(model);
            if (!parsed.GetValue(noCompare))
            {
                await race.CompareWithOthersAsync(settings, result, cancellationToken);
            }

            IReadOnlyList<string> suggestions = Suggestions.Create(result, race.Others);
            if (report is not null)
            {
                TrainResult shown = result with { Compared = race.Figures ?? [] };
                await PageOptions.WriteAsync(context, report, () => ModelReport.WriteTrainingAsync(report, shown, pages.ReadReport(parsed, Suggestions.Create(result, race.Others, withTimes: false)), cancellationToken));
            }

            await pages.WriteMistakesAsync(parsed, model, result.TestPredictions, cancellationToken);
            if (CommonOptions.IsJson(parsed, json, format))
            {
                await context.Output.WriteLineAsync(TrainReport.ToJson(result, report, comparison, race.Figures, suggestions));
            }
            else
            {
                race.Write();
                TrainReport.Write(context, result, report);
            }

            Suggestions.Write(context, suggestions);
            if (comparison is not null)
            {
                context.Tell(comparison.Tone, comparison.Sentence);
            }

            return result.Problems.Count > 0 ? ExitStatus.SomeUnreadable : ExitStatus.Done;
        });
        return verb;
    }

    /// <summary>Trains with progress on standard error; what the check finds is told before it, other warnings follow it.</summary>
    public static async Task<TrainResult> TrainAsync(
        CommandContext context,
        TrainingSettings settings,
        TrainOptions options,
        string output,
        CancellationToken cancellationToken)
    {
        FoundLines found = new(context);
        options.Found = found;
        ImageTrainer trainer = new(settings, options, context.Time);
        TrainResult result = await ProgressDisplay.RunAsync(
            context, (features, head) => trainer.TrainAsync(output, features, head, cancellationToken));
        RunMessages.Write(context.Error, [.. result.Diagnostics.Except(found.Told)], NeverGivenText.Create(result), result.Problems);
        return result;
    }

    /// <summary>What <c>--save-pipeline</c> will write, refused before an hour's work where it cannot be written.</summary>
    private static TrainingSettings ToPipeline(string file, string model, TrainingSettings settings, bool replaceAnyFile)
    {
        string full = Path.GetFullPath(file);
        if (full == Path.GetFullPath(model) || full == Path.GetFullPath(Path.ChangeExtension(model, ".json")))
        {
            throw new UsageException($"--save-pipeline {file} is where the model or its card goes: choose another name.");
        }

        TrainingSettings pipeline = settings with { Registry = Path.Combine("artifacts", Path.GetFileNameWithoutExtension(file)) };
        PipelineFile.CheckDestination(pipeline, file, replaceAnyFile);
        return pipeline;
    }

    private static void Save(CommandContext context, TrainingSettings pipeline, string file)
    {
        PipelineFile.Write(pipeline, file);
        PipelineFile.WriteSchema(Path.GetDirectoryName(Path.GetFullPath(file))!);
        context.Error.WriteLine($"The pipeline that repeats this is {file}.");
    }

    private static string DefaultOutput(string source)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(source));
        string name = Directory.Exists(full) ? Path.GetFileName(full) : Path.GetFileNameWithoutExtension(full);
        return Path.Combine("artifacts", (name.Length == 0 ? "model" : name) + ".zip");
    }
}

/// <summary>Tells diagnostics as they come, above the progress bar if there is one.</summary>
internal sealed class FoundLines(CommandContext context) : IProgress<Diagnostic>
{
    private readonly List<Diagnostic> told = [];

    /// <summary>Gets what was told.</summary>
    public IReadOnlyList<Diagnostic> Told => told;

    public void Report(Diagnostic value)
    {
        told.Add(value);
        if (context.Interactive)
        {
            context.ErrorConsole.MarkupLineInterpolated($"[yellow]{Printable.Escape(RunMessages.Line(value))}[/]");
        }
        else
        {
            context.Error.WriteLine(RunMessages.Line(value));
        }
    }
}
