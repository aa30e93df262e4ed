using InceptionMl.Batch;
using InceptionMl.Scoring;

namespace InceptionMl.Cli;

/// <summary>What became of the inputs.</summary>
internal sealed class ScoreCounts
{
    public long Scored { get; private set; }

    public long Failed { get; private set; }

    /// <summary>Gets how many of <see cref="Scored"/> the model does not stand by.</summary>
    public long Uncertain { get; private set; }

    /// <summary>Gets how many of <see cref="Scored"/> are none of the model's classes.</summary>
    public long Unknown { get; private set; }

    /// <summary>Gets or sets how many an earlier run had done, those it could not read included.</summary>
    public long Done { get; set; }

    /// <summary>Gets or sets how many of <see cref="Done"/> could not be read.</summary>
    public long DoneUnreadable { get; set; }

    public long Ignored { get; set; }

    public bool Any => Scored + Failed + Done > 0;

    public bool AnyUnreadable => Failed + DoneUnreadable > 0;

    public IReadOnlyList<Diagnostic> Diagnostics { get; set; } = [];

    public void Add(bool succeeded)
    {
        Scored += succeeded ? 1 : 0;
        Failed += succeeded ? 0 : 1;
    }

    public void Add(ScoreRow row)
    {
        Add(row.Error is null);
        Unknown += row.Outcome == ScoringOutcome.Unknown ? 1 : 0;
        Uncertain += row.Outcome == ScoringOutcome.Uncertain ? 1 : 0;
    }

    public void Report(TextWriter writer)
    {
        foreach (Diagnostic diagnostic in Diagnostics)
        {
            writer.WriteLine($"warning: {diagnostic.Message}");
        }

        string unreadable = DoneUnreadable > 0 ? FormattableString.Invariant($" ({DoneUnreadable} of them could not be read)") : string.Empty;
        string done = Done > 0 ? FormattableString.Invariant($", {Done} were done before{unreadable}") : string.Empty;
        string ignored = Ignored > 0 ? FormattableString.Invariant($", {Ignored} {(Ignored == 1 ? "file ignored that is no image" : "files ignored that are no images")}") : string.Empty;
        string uncertain = (Uncertain, Unknown) switch
        {
            (0, 0) => string.Empty,
            (_, 0) => FormattableString.Invariant($" ({Uncertain} of them uncertain)"),
            (0, _) => FormattableString.Invariant($" ({Unknown} of them unknown)"),
            _ => FormattableString.Invariant($" ({Uncertain} of them uncertain, {Unknown} unknown)"),
        };
        writer.WriteLine(FormattableString.Invariant($"{Scored} scored{uncertain}, {Failed} could not be read{done}{ignored}."));
    }
}
