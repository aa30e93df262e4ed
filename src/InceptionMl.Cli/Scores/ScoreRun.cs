using System.Globalization;
using System.Security.Cryptography;
using InceptionMl.Cli.Rendering;
using InceptionMl.Images;
using InceptionMl.Models;
using InceptionMl.Scoring;
using InceptionMl.Training.Batch;
using InceptionMl.Training.Batch.Resuming;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Features;

namespace InceptionMl.Cli.Scores;

/// <summary>Scores what was asked for and writes it where it was asked for.</summary>
internal sealed class ScoreRun(CommandContext context, ImageScorer scorer, ScoreRequest request, CancellationToken cancellationToken)
{
    private readonly ScoreCounts counts = new();
    private readonly InputTally tally = new() { Outputs = request.Output is { } output ? ResumableScores.FilesOf(output) : [] };

    private IProgress<FeatureProgress>? progress;
    private int total;

    private bool WithId => request.Options.IdColumn is not null;

    private bool WithOutcome => request.AbstainBelow is not null;

    /// <exception cref="DatasetException">There is no image at all, or the inputs cannot be used.</exception>
    public async Task<ScoreCounts> RunAsync()
    {
        await BatchInputs.CheckTablesAsync(request.Inputs.Where(input => input != ScoreInputs.StandardInput), request.Options, cancellationToken);
        if (request.Output is null)
        {
            await WriteAsync();
        }
        else
        {
            await ProgressDisplay.CountAsync(context, async told =>
            {
                (progress, total) = (told, CountImages());
                await WriteAsync();
                return total;
            });
        }

        counts.Ignored = tally.Ignored;
        counts.Warnings = tally.Warnings;
        return counts;
    }

    private Task WriteAsync() => request switch
    {
        { Resume: true } => ResumeAsync(request.Output!),
        { Output: null } => WriteForReaderAsync(),
        { Format: ScoreRequest.Parquet } => AtomicFile.WriteAsync(request.Output, WriteParquetAsync),
        _ => AtomicFile.WriteAsync(request.Output, async stream =>
        {
            await using StreamWriter writer = new(stream, leaveOpen: true);
            await WriteTextAsync(writer, Inputs());
        }),
    };

    // Of folders and images; who names archives, tables or standard input is told no time that is left.
    private int CountImages() => request.Inputs.All(input => Directory.Exists(input) || (ImageSignature.HasImageExtension(input) && File.Exists(input)))
        ? ImageInputs.Enumerate(request.Inputs, new InputTally(), cancellationToken).Count()
        : 0;

    private IAsyncEnumerable<BatchInput> Inputs() => BatchInputs.EnumerateAsync(
        ScoreInputs.NamedAsync(request.Inputs, context.Input, cancellationToken), request.Options, tally, cancellationToken);

    private async Task ResumeAsync(string output)
    {
        ScoreText text = request.Format == ScoreRequest.Csv
            ? CsvScoreFormat.Text(scorer.Labels, request.Top, WithId, WithOutcome)
            : JsonScoreFormat.Text;
        using ResumableScores scores = ResumableScores.Open(output, await OriginAsync(), text);
        try
        {
            // Every result goes to the file at once: a kill loses none but the one it cuts.
            await using StreamWriter writer = new(scores.Stream, leaveOpen: true) { AutoFlush = true };
            await WriteTextAsync(writer, scores.SkipDoneAsync(Inputs(), cancellationToken), scores);
        }
        catch when (!counts.Any && scores.IsNew)
        {
            scores.Discard();
            throw;
        }
        catch (Exception exception) when (WriteFailure.IsOf(exception, Path.GetFullPath(output)))
        {
            throw new IOException(
                $"{output} cannot be written ({WriteFailure.Cause(exception)}): make room there and run the same command again; what is scored stays in {output}.partial.", exception);
        }

        if (request.Format == ScoreRequest.Parquet)
        {
            await scores.CompleteAsync((lines, whole) => WriteParquetAsync(whole, ScoreLines.ReadAsync(lines, cancellationToken)));
        }
        else
        {
            scores.Complete();
        }
    }

    private Task WriteForReaderAsync() => WriteTextAsync(request.Format == ScoreRequest.Table ? context.Text : context.Output, Inputs());

    private async Task WriteTextAsync(TextWriter writer, IAsyncEnumerable<BatchInput> inputs, ResumableScores? earlier = null)
    {
        using IScoreFormat writes = request.Format switch
        {
            ScoreRequest.Json => new JsonScoreFormat(writer, request.Top, WithOutcome),
            ScoreRequest.Parquet => new JsonScoreFormat(writer, top: null, withOutcome: true),
            ScoreRequest.Csv => new CsvScoreFormat(writer, scorer.Labels, request.Top, WithId, WithOutcome, writeHeader: earlier is not { HasHeader: true }),
            _ => new TableScoreFormat(writer, request.Top ?? TableScoreFormat.DefaultTop, request.Output is null ? context.OutputTerminal?.Width() : null),
        };
        await foreach (BatchScore score in CountedAsync(inputs))
        {
            writes.Write(score);
        }

        counts.Done = earlier?.Done ?? 0;
        counts.DoneUnreadable = earlier?.DoneUnreadable ?? 0;
        RefuseNothing();
    }

    private Task WriteParquetAsync(Stream stream) => WriteParquetAsync(stream, CountedAsync(Inputs()));

    private async Task WriteParquetAsync(Stream stream, IAsyncEnumerable<BatchScore> scores)
    {
        await using ParquetScoreWriter writer = await ParquetScoreWriter.CreateAsync(stream, scorer.Labels, WithId, cancellationToken);
        await foreach (BatchScore score in scores)
        {
            await writer.WriteAsync(score, cancellationToken);
        }

        RefuseNothing();
        await writer.CompleteAsync(cancellationToken);
    }

    private async IAsyncEnumerable<BatchScore> CountedAsync(IAsyncEnumerable<BatchInput> inputs)
    {
        await foreach (BatchScore score in BatchScoring.ScoreAsync(scorer, inputs, request.Options, cancellationToken))
        {
            counts.Add(score.Result);
            progress?.Report(new FeatureProgress((int)Math.Min(int.MaxValue, counts.Scored + counts.Failed), total, Hits: 0, (int)Math.Min(int.MaxValue, counts.Failed)));
            yield return score;
        }
    }

    // Inside the writing, so that a file of earlier results is not replaced by an empty one.
    private void RefuseNothing()
    {
        if (!counts.Any)
        {
            string unopened = string.Concat(tally.Warnings.Select(warning => " " + warning));
            throw new DatasetException($"{string.Join(' ', request.Inputs)}: no image there.{unopened}");
        }
    }

    private async Task<ScoreOrigin> OriginAsync()
    {
        await using FileStream model = File.OpenRead(request.Model);
        return new ScoreOrigin(Convert.ToHexStringLower(await SHA256.HashDataAsync(model, cancellationToken)), request.Inputs, new Dictionary<string, string?>
        {
            ["--format"] = request.Format,
            ["--top"] = request.Top?.ToString(CultureInfo.InvariantCulture),
            ["--abstain-below"] = request.AbstainBelow?.ToString(CultureInfo.InvariantCulture),
            ["--path-column"] = request.Options.PathColumn,
            ["--bytes-column"] = request.Options.BytesColumn,
            ["--id-column"] = request.Options.IdColumn,
        });
    }
}
