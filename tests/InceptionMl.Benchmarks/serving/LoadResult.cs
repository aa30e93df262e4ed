using System.Net;

namespace InceptionMl.Benchmarks.Serving;

/// <summary>Answers to a load.</summary>
/// <param name="Answers">How long each took and what it was; those of <see cref="Load.InTurnAsync"/> in order.</param>
/// <param name="Took">From the first request to the last answer.</param>
internal sealed record LoadResult(IReadOnlyList<(double Milliseconds, HttpStatusCode Status)> Answers, TimeSpan Took)
{
    public int Scored => Answers.Count(a => a.Status == HttpStatusCode.OK);

    public int Refused => Answers.Count(a => a.Status == HttpStatusCode.ServiceUnavailable);

    public int Others => Answers.Count - Scored - Refused;

    public double PerSecond => Scored / Took.TotalSeconds;

    /// <summary>The latency, in milliseconds, that a share of the scored images stayed within.</summary>
    public double Within(double share)
    {
        double[] sorted = [.. Answers.Where(a => a.Status == HttpStatusCode.OK).Select(a => a.Milliseconds).Order()];
        return sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(share * sorted.Length) - 1)];
    }
}
