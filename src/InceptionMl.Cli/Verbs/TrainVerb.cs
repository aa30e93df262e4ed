using System.CommandLine;
using InceptionMl.Cli.Parsing;
using InceptionMl.Cli.Rendering;
using InceptionMl.Cli.Reports;
using InceptionMl.Training;
using InceptionMl.Training.Augmentation;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Heads;
using InceptionMl.Training.Pipelines;

namespace InceptionMl.Cli.Verbs;

/// <summary><c>train FOLDER|MANIFEST</c></summary>
internal static class TrainVerb
{
    private static readonly string[] Heads = ["auto", "lbfgs", "sdca"];
    private static readonly string[] Balances = ["none", "weights"];
    private static readonly string[] Augmentations = ["none", "flip", "light"];

    public static Command Create(CommandContext context)
    {
        Argument<string> images = new("images") { Description = "A folder with one folder per label, with train/ validation/ test/ folders, or a CSV or TSV manifest with the columns path and label and, if images have their parts, part." };
        Option<string?> output = new("--out") { Description = "The model zip to write. The default is artifacts/<name of the images' folder>.zip." };
        Option<string> head = new("--head") { Description = "auto (default), lbfgs or sdca.", DefaultValueFactory = _ => Heads[0] };
        head.AcceptWords(Heads);
        Option<double> validation = new("--validation") { Description = "Fraction drawn for validation where none is given.", DefaultValueFactory = _ => 0.1 };
        Option<double> test = new("--test") { Description = "Fraction drawn for the test where none is given.", DefaultValueFactory = _ => 0.1 };
        Option<int> seed = new("--seed") { Description = "Seed of all that is random; it never moves an image between parts.", DefaultValueFactory = _ => 1 };
        Option<string> balance = new("--balance") { Description = "none (default), or weights: every class counts alike.", DefaultValueFactory = _ => Balances[0] };
        balance.AcceptWords(Balances);
        Option<string> augment = new("--augment")
        {
            Description = "Augmented copies of the training images, for small sets: none (default); flip, the mirror image; light, crops with changed "
                + "brightness, half of them mirrored. Neither where left and right tell classes apart, as with arrows and letters.",
            DefaultValueFactory = _ => Augmentations[0],
        };
        augment.AcceptWords(Augmentations);
        Option<string?> cache = CommonOptions.Cache();
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
            images, output, head, validation, test, seed, balance, augment, cache, savePipeline, force, json, format,
        };
        SourceOptions sources = new();
        sources.AddTo(verb);
        BackboneOptions backbone = new(context);
        backbone.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            TrainOptions options = new()
            {
                Head = Enum.Parse<HeadKind>(parsed.GetValue(head)!, ignoreCase: true),
                ValidationFraction = Fraction(validation.Name, parsed.GetValue(validation)),
                TestFraction = Fraction(test.Name, parsed.GetValue(test)),
                Seed = parsed.GetValue(seed),
                BalanceClasses = parsed.GetValue(balance) == Balances[1],
                Augmentation = new AugmentationOptions { Kind = Enum.Parse<AugmentationKind>(parsed.GetValue(augment)!, ignoreCase: true) },
                CacheFolder = CommonOptions.CacheFolder(parsed, cache),
                ReplaceAnyFile = parsed.GetValue(force),
                Time = context.Time,
            };
            if (options.ValidationFraction + options.TestFraction >= 1)
            {
                throw new UsageException("--validation and --test leave nothing to train on: together they must stay below 1.");
            }

            DatasetSource source = sources.Source(parsed, parsed.GetRequiredValue(images));
            string model = parsed.GetValue(output) ?? DefaultOutput(source.Path);
            Destination.SpareOutput(context, "--out", model, Path.ChangeExtension(model, ".json"), "the model's card");
            string? pipelineFile = parsed.GetValue(savePipeline);
            Pipeline? pipeline = pipelineFile is null ? null : ToPipeline(pipelineFile, source, model, options, backbone, parsed);
            ReplacedModel? replaced = ReplacedModel.Find(model);
            TrainResult result = await TrainAsync(
                context, source, model, () => backbone.Open(parsed), options, cancellationToken);
            if (pipeline is not null)
            {
                Save(context, pipeline, pipelineFile!);
            }

            ModelComparison? comparison = replaced?.Compare(model);
            if (CommonOptions.IsJson(parsed, json, format))
            {
                await context.Output.WriteLineAsync(TrainReport.ToJson(result, comparison));
            }
            else
            {
                TrainReport.Write(context, result);
            }

            if (comparison is not null)
            {
                context.Tell(comparison.Tone, comparison.Sentence);
            }

            return result.Problems.Count > 0 ? ExitStatus.SomeUnreadable : ExitStatus.Done;
        });
        return verb;
    }

    /// <summary>Trains with progress on standard error; warnings follow it.</summary>
    public static async Task<TrainResult> TrainAsync(
        CommandContext context,
        DatasetSource source,
        string output,
        Func<InceptionMl.Backbones.Backbone> backbone,
        TrainOptions options,
        CancellationToken cancellationToken)
    {
        ImageTrainer trainer = new(backbone(), options);
        TrainResult result = await ProgressDisplay.RunAsync(
            context, (features, head) => trainer.TrainAsync(source, output, features, head, cancellationToken));
        RunMessages.Write(context.Error, [.. result.Diagnostics.Select(diagnostic => diagnostic.Message), .. ErrorHint.ForNestedFolders(result.Diagnostics), .. NeverGivenText.Create(result)], result.Problems);
        return result;
    }

    /// <summary>What <c>--save-pipeline</c> will write, refused before an hour's work where it cannot be written.</summary>
    private static Pipeline ToPipeline(string file, DatasetSource source, string model, TrainOptions options, BackboneOptions backbone, ParseResult parsed)
    {
        string full = Path.GetFullPath(file);
        if (full == Path.GetFullPath(model) || full == Path.GetFullPath(Path.ChangeExtension(model, ".json")))
        {
            throw new UsageException($"--save-pipeline {file} is where the model or its card goes: choose another name.");
        }

        string registry = Path.Combine("artifacts", Path.GetFileNameWithoutExtension(file));
        Pipeline pipeline = options.ToPipeline(
            file, source, registry, backbone.Model(parsed), backbone.Preprocessing(parsed), backbone.Mode(parsed));
        PipelineFile.CheckDestination(pipeline, file, options.ReplaceAnyFile);
        return pipeline;
    }

    private static void Save(CommandContext context, Pipeline pipeline, string file)
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

    private static double Fraction(string option, double value) => value is >= 0 and < 1
        ? value
        : throw new UsageException(FormattableString.Invariant($"{option} {value} is not a fraction from 0 to below 1."));
}
