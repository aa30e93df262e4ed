using InceptionMl.Batch;
using InceptionMl.Images;
using InceptionMl.Images.Internal;
using InceptionMl.Internal;
using InceptionMl.Models;

namespace InceptionMl.Cli.Scores;

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
            : Output is { } output && Inputs.Any(input => input.Length > 0 && RealPath.AreSame(input, output))
                ? $"--out {Output} is one of the inputs: name another file."
            : ImageSignature.HasImageExtension(Output) ? $"--out {Output} is named like a picture, and results are none: name a file such as scores.csv."
            : null;
        return wrong is null ? this : throw new UsageException(wrong);
    }
}
