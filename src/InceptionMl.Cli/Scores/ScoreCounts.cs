using InceptionMl.Scoring;

namespace InceptionMl.Cli.Scores;

/// <summary>What became of the inputs.</summary>
internal sealed class ScoreCounts
{
    public int Scored { get; private set; }

    public int Failed { get; private set; }

    public long Ignored { get; set; }

    public IReadOnlyList<string> Warnings { get; set; } = [];

    public void Add(ScoringResult result) => Add(result.Succeeded);

    public void Add(bool succeeded)
    {
        Scored += succeeded ? 1 : 0;
        Failed += succeeded ? 0 : 1;
    }

    public void Report(TextWriter writer)
    {
        foreach (string warning in Warnings)
        {
            writer.WriteLine($"warning: {warning}");
        }

        string ignored = Ignored > 0 ? FormattableString.Invariant($", {Ignored} files ignored that are no images") : string.Empty;
        writer.WriteLine(FormattableString.Invariant($"{Scored} scored, {Failed} could not be read{ignored}."));
    }
}
