using System.Globalization;
using System.Security.Cryptography;
using InceptionMl.Batch;
using InceptionMl.Batch.Formats;
using InceptionMl.Batch.Resuming;
using InceptionMl.Images.Internal;
using InceptionMl.Internal;
using InceptionMl.Scoring;
using InceptionMl.Training.Features;

namespace InceptionMl.Cli;

/// <summary>Scores what was asked for and writes it where it was asked for.</summary>
internal sealed class ScoreRun(CommandContext context, ImageScorer scorer, ScoreRequest request, CancellationToken cancellationToken)
{
    private readonly ScoreCounts counts = new();
    private readonly ScoredFiles seen = new();
    private readonly InputTally tally = new() { Outputs = request.Output is { } output ? ResumableScores.FilesOf(output) : [] };

    private IProgress<FeatureProgress>? progress;
    private int total;

    private readonly ScoreLayout layout = new(scorer.Labels)
    {
        Top = request.Top,
        WithId = request.Options.IdColumn is not null,
        WithOutcome = request.AbstainBelow is not null || scorer.Card.Unknown is not null,
        WithSet = (request.Coverage ?? scorer.Card.Sets?.Coverage) is not null,
    };

    /// <summary>Gets some of the files that were scored.</summary>
    public IReadOnlyList<string> SomeFiles => seen.Files;

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
        counts.Diagnostics = tally.Diagnostics;
        return counts;
    }

    private Task WriteAsync() => request switch
    {
        { Resume: true } => ResumeAsync(request.Output!),
        { Output: null } => WriteTextAsync(request.Format == ScoreRequest.Table ? context.Text : context.Output, Inputs()),
        { Format: ScoreRequest.Parquet } => AtomicFile.WriteAsync(request.Output, stream => WriteParquetAsync(stream, CountedAsync(Inputs()))),
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
            ? CsvScoreWriter.Describe(layout)
            : JsonLinesScoreWriter.Text;
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
            await scores.CompleteAsync((lines, whole) => WriteParquetAsync(whole, JsonLinesScoreWriter.ReadAsync(lines, cancellationToken)));
        }
        else
        {
            scores.Complete();
        }
    }

    private async Task WriteTextAsync(TextWriter writer, IAsyncEnumerable<BatchInput> inputs, ResumableScores? earlier = null)
    {
        await using IScoreWriter scores = request.Format switch
        {
            ScoreRequest.Json => new JsonLinesScoreWriter(writer, layout),
            ScoreRequest.Parquet => new JsonLinesScoreWriter(writer, layout with { WithOutcome = true }),
            ScoreRequest.Csv => new CsvScoreWriter(writer, layout, writeHeader: earlier is not { HasHeader: true }),
            _ => new TableScoreWriter(writer, request.Top ?? TableScoreWriter.DefaultTop, request.Output is null ? context.OutputTerminal?.Width() : null),
        };
        await foreach (ScoreRow row in CountedAsync(inputs))
        {
            await scores.WriteAsync(row, cancellationToken);
        }

        counts.Done = earlier?.Done ?? 0;
        counts.DoneUnreadable = earlier?.DoneUnreadable ?? 0;
        RefuseNothing();
    }

    private async Task WriteParquetAsync(Stream stream, IAsyncEnumerable<ScoreRow> rows)
    {
        await using ParquetScoreWriter writer = await ParquetScoreWriter.CreateAsync(stream, layout, cancellationToken);
        await foreach (ScoreRow row in rows)
        {
            await writer.WriteAsync(row, cancellationToken);
        }

        RefuseNothing();
        await writer.CompleteAsync(cancellationToken);
    }

    private async IAsyncEnumerable<ScoreRow> CountedAsync(IAsyncEnumerable<BatchInput> inputs)
    {
        await foreach (ScoreRow row in BatchScoring.ScoreAsync(scorer, inputs, request.Options, cancellationToken))
        {
            counts.Add(row);
            seen.Add(row);
            progress?.Report(new FeatureProgress((int)Math.Min(int.MaxValue, counts.Scored + counts.Failed), total, Hits: 0, (int)Math.Min(int.MaxValue, counts.Failed)));
            yield return row;
        }
    }

    // Inside the writing, so that a file of earlier results is not replaced by an empty one.
    private void RefuseNothing()
    {
        if (!counts.Any)
        {
            string unopened = string.Concat(tally.Diagnostics.Select(diagnostic => " " + diagnostic.Message));
            throw new DatasetException($"{string.Join(' ', request.Inputs)}: no image there.{unopened}") { Reason = DatasetErrorReason.TooFewImages };
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
            ["--coverage"] = request.Coverage?.ToString(CultureInfo.InvariantCulture),
            ["--path-column"] = request.Options.PathColumn,
            ["--bytes-column"] = request.Options.BytesColumn,
            ["--id-column"] = request.Options.IdColumn,
        });
    }
}

/// <summary>Some of the files that were scored, evenly spread over them.</summary>
internal sealed class ScoredFiles
{
    private const int Most = 100;

    private readonly List<string> names = [];
    private long count;
    private long step = 1;

    /// <summary>Gets those that are files: entries of archives and rows of tables are none.</summary>
    public IReadOnlyList<string> Files => [.. names.Where(File.Exists)];

    public void Add(ScoreRow row)
    {
        if (row.Error is not null || count++ % step != 0)
        {
            return;
        }

        if (names.Count == Most)
        {
            // Every other one stays, and half as many join from here on.
            string[] all = [.. names];
            names.Clear();
            names.AddRange(all.Where((_, i) => i % 2 == 0));
            step *= 2;
        }

        names.Add(row.Path);
    }
}

/// <summary>What is to be scored, and how the results are written.</summary>
internal sealed record ScoreRequest(string Model, string[] Inputs)
{
    public const string Table = "table";
    public const string Json = "json";
    public const string Csv = "csv";
    public const string Parquet = "parquet";

    public string Format { get; init; } = Table;

    public int? Top { get; init; }

    public string? Output { get; init; }

    public bool Resume { get; init; }

    /// <summary>Gets the probability below which an outcome is uncertain; null accepts every answer, and text then tells no outcome.</summary>
    public float? AbstainBelow { get; init; }

    /// <summary>Gets the share of images whose set of labels is to hold the true one; null for what the model says.</summary>
    public double? Coverage { get; init; }

    /// <summary>Gets the folder of the feature cache; null for none.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>Gets the file that statistics of the images are written to; null for none.</summary>
    public string? Statistics { get; init; }

    public BatchOptions Options { get; init; } = new();

    /// <summary>Refuses what does not go together.</summary>
    /// <exception cref="UsageException">The message says what to leave out or to add.</exception>
    public ScoreRequest Checked()
    {
        string? wrong = Top < 1 ? $"--top {Top} is less than 1."
            : Format == Parquet && Output is null ? "--format parquet needs a file: name it with --out."
            : Format == Parquet && Top is not null ? "--format parquet holds the probability of every label: leave out --top."
            : Resume && Output is null ? "--resume needs the file it goes on with: name it with --out."
            : Resume && Format == Table ? $"--resume does not go with --format {Format}: take json, csv or parquet."
            : Resume && Statistics is not null ? "--statistics does not go with --resume: it would know nothing of the images scored before."
            : Output is { } output && Inputs.Any(input => input.Length > 0 && RealPath.AreSame(input, output))
                ? $"--out {Output} is one of the inputs: name another file."
            : ImageSignature.HasImageExtension(Output) ? $"--out {Output} is named like a picture, and results are none: name a file such as scores.csv."
            : null;
        return wrong is null ? this : throw new UsageException(wrong);
    }
}
