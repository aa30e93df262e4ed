using System.Globalization;
using InceptionMl.Training.Heads;

namespace InceptionMl.Cli.Rendering;

/// <summary>A plain line every few seconds while the head is searched.</summary>
internal sealed class HeadProgressLines(TextWriter writer, TimeProvider time) : IProgress<HeadProgress>
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private long last = time.GetTimestamp();

    public static string Describe(HeadProgress value) => FormattableString.Invariant(
        $"{(value.Final ? "fitting" : "searching")} the head: {value.Trainer}, L2 {value.L2:G3}{(double.IsFinite(value.Objective) ? $", iteration {value.Iteration}, objective {value.Objective.ToString("F4", CultureInfo.InvariantCulture)}" : "")}");

    public void Report(HeadProgress value)
    {
        lock (gate)
        {
            if (time.GetElapsedTime(last) >= BetweenLines)
            {
                last = time.GetTimestamp();
                writer.WriteLine(Describe(value));
            }
        }
    }
}
