using System.CommandLine;
using InceptionMl.Cli.Registry;
using InceptionMl.Cli.Scores;
using InceptionMl.Models;
using InceptionMl.Scoring;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Cli.Verbs;

/// <summary><c>score MODEL.zip|REGISTRY INPUT...</c></summary>
internal static class ScoreVerb
{
    public const string Table = "table";
    private static readonly string[] Formats = [Table, "json", "csv"];

    public static Command Create(CommandContext context)
    {
        Argument<string> model = new("model") { Description = ModelPath.Description };
        Argument<string[]> inputs = ScoreInputs.Argument();
        Option<int?> top = new("--top") { Description = "Only the K most probable labels of each image." };
        Option<string> format = new("--format") { Description = "table (default), json (one object a line) or csv.", DefaultValueFactory = _ => Formats[0] };
        format.AcceptOnlyFromAmong(Formats);
        Option<bool> json = CommonOptions.Json();
        Option<string?> output = new("--out") { Description = "Write the results to a file, which appears when all are there." };
        Command verb = new("score", "Score images with a model.") { model, inputs, top, format, json, output };
        verb.SetAction((parsed, cancellationToken) => RunAsync(
            context,
            ModelPath.Resolve(parsed.GetRequiredValue(model)),
            parsed.GetRequiredValue(inputs),
            parsed.GetValue(top) is int k and < 1 ? throw new UsageException($"--top {k} is less than 1.") : parsed.GetValue(top),
            parsed.GetValue(json) ? "json" : parsed.GetValue(format)!,
            parsed.GetValue(output),
            cancellationToken));
        return verb;
    }

    public static async Task<int> RunAsync(
        CommandContext context, string model, string[] inputs, int? top, string format, string? output, CancellationToken cancellationToken)
    {
        using ImageScorer scorer = ImageScorer.Open(model);
        ScoreCounts counts = new();
        if (output is null)
        {
            await WriteAsync(context.Output);
        }
        else
        {
            await AtomicFile.WriteAsync(output, async stream =>
            {
                await using StreamWriter writer = new(stream, leaveOpen: true);
                await WriteAsync(writer);
            });
        }

        counts.Report(context.Error);
        return counts.Failed > 0 ? ExitStatus.SomeUnreadable : ExitStatus.Done;

        async Task WriteAsync(TextWriter writer)
        {
            using IScoreFormat writes = format switch
            {
                "json" => new JsonScoreFormat(writer, top),
                "csv" => new CsvScoreFormat(writer, scorer.Labels, top),
                _ => new TableScoreFormat(writer, top ?? TableScoreFormat.DefaultTop),
            };
            IEnumerable<ImageSource> images = ScoreInputs.Enumerate(inputs, context.Input, counts, cancellationToken);
            await foreach (ScoringResult result in scorer.ScoreAsync(images, cancellationToken))
            {
                counts.Add(result);
                writes.Write(result);
            }

            // Inside the writing, so that a file of earlier results is not replaced by an empty one.
            if (counts.Scored == 0 && counts.Failed == 0)
            {
                throw new DatasetException($"{string.Join(' ', inputs)}: no image there.");
            }
        }
    }
}
