using System.CommandLine;
using InceptionMl.Batch;
using InceptionMl.Internal;
using InceptionMl.Scoring;
using InceptionMl.Training.Evaluation.Internal;
using InceptionMl.Training.Features;

namespace InceptionMl.Cli;

/// <summary><c>score MODEL.zip|REGISTRY INPUT...</c></summary>
internal static class ScoreVerb
{
    private static readonly string[] Formats = [ScoreRequest.Table, ScoreRequest.Json, ScoreRequest.Csv, ScoreRequest.Parquet];

    public static Command Create(CommandContext context)
    {
        Argument<string> model = new("model") { Description = ModelPath.Description };
        Argument<string[]> inputs = ScoreInputs.Argument();
        inputs.Description = "Images, folders or globs, zip archives of images, CSV, TSV or Parquet files with a column of paths or of images; - reads such paths from standard input, one per line.";
        Option<int?> top = new("--top") { Description = "Only the K most probable labels of each image." };
        Option<string> format = new("--format")
        {
            Description = "table (default), json (one object per line), csv or parquet (needs --out).",
            DefaultValueFactory = _ => Formats[0],
        };
        format.AcceptWords(Formats);
        Option<bool> json = CommonOptions.Json();
        Option<string?> output = new("--out") { Description = "Write the results to a file, which appears when all are there." };
        Option<bool> resume = new("--resume") { Description = "Keep what is done in FILE.partial, and go on from there when run again (with --out)." };
        Option<string?> path = new("--path-column") { Description = "The column of a table that holds paths, relative ones to the table's folder. The default is path or its like." };
        Option<string?> bytes = new("--bytes-column") { Description = "The column of a Parquet file that holds encoded images. The default is the only binary one, where there are no paths." };
        Option<string?> id = new("--id-column") { Description = "A column of a table that is carried through to the results." };
        Option<float?> below = CommonOptions.AbstainBelow();
        Option<double?> coverage = CommonOptions.Coverage();
        Option<string?> cache = CommonOptions.CacheWhereThereIsOne();
        Option<string?> statistics = new("--statistics") { Description = "Write statistics of the images to a file, for drift. They hold no image.", HelpName = "file" };
        Command verb = new("score", "Score images with a model.") { model, inputs, top, format, json, output, resume, below, coverage, cache, statistics, path, bytes, id };
        verb.SetAction((parsed, cancellationToken) =>
        {
            string named = parsed.GetRequiredValue(model);
            if (parsed.GetValue(output) is { } file)
            {
                if (Path.GetExtension(file).ToUpperInvariant() is ".XLSX" or ".XLS")
                {
                    throw new UsageException($"--out {file}: no workbooks are written; write --format csv to a .csv file, which spreadsheets open.");
                }

                Destination.SpareModel("--out", file, named);
                Destination.SpareOutput(context, "--out", file);
            }

            if (parsed.GetValue(statistics) is { } kept)
            {
                Destination.SpareModel(statistics.Name, kept, named);
                Destination.SpareOutput(context, statistics.Name, kept);
            }

            ScoreRequest request = new ScoreRequest(ModelPath.Resolve(named), parsed.GetRequiredValue(inputs))
            {
                Top = parsed.GetValue(top),
                Format = parsed.GetValue(json) ? ScoreRequest.Json : parsed.GetValue(format)!,
                Output = parsed.GetValue(output),
                Resume = parsed.GetValue(resume),
                AbstainBelow = parsed.GetValue(below),
                Coverage = parsed.GetValue(coverage),
                Statistics = parsed.GetValue(statistics),
                CacheFolder = CommonOptions.ExistingCacheFolder(parsed, cache),
                Options = new BatchOptions { PathColumn = parsed.GetValue(path), BytesColumn = parsed.GetValue(bytes), IdColumn = parsed.GetValue(id) },
            };
            return RunAsync(context, request.Checked(), cancellationToken);
        });
        return verb;
    }

    public static async Task<int> RunAsync(CommandContext context, ScoreRequest request, CancellationToken cancellationToken)
    {
        using FeatureCache? cache = OpenCache(context, request.CacheFolder);
        using ImageScorer scorer = ImageScorer.Open(request.Model, new ImageScorerOptions { AbstainBelow = request.AbstainBelow, Coverage = request.Coverage, FeatureCache = cache, KeepStatistics = request.Statistics is not null });
        ScoreRun run = new(context, scorer, request, cancellationToken);
        ScoreCounts counts = await run.RunAsync();
        counts.Report(context.Error);
        if (request.Statistics is not null)
        {
            AtomicFile.Write(request.Statistics, scorer.WriteStatistics);
        }

        cache?.Flush();
        if (cache?.Problem is { } problem)
        {
            context.Error.WriteLine($"warning: {problem}");
        }

        if (await SharpnessShift.FindAsync(scorer.Card, run.SomeFiles, request.CacheFolder, cancellationToken) is { } shift)
        {
            context.Error.WriteLine(RunMessages.Line(shift));
        }

        return counts.AnyUnreadable ? ExitStatus.SomeUnreadable : ExitStatus.Done;
    }

    // As in training, a cache that cannot be used is no reason to stop.
    public static FeatureCache? OpenCache(CommandContext context, string? folder)
    {
        try
        {
            return folder is null ? null : FeatureCache.Open(folder, context.Time);
        }
        catch (InceptionMlException exception)
        {
            context.Error.WriteLine($"warning: {exception.Message}");
            return null;
        }
    }
}
