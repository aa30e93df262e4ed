using System.Diagnostics;
using System.Globalization;

namespace InceptionMl.Benchmarks.Features;

/// <summary>How much of the machine others used since a moment: a shared machine is measured when it is ours.</summary>
/// <remarks>Linux only; elsewhere others are taken to use nothing.</remarks>
internal readonly struct MachineLoad
{
    private const string Totals = "/proc/stat";
    private const double TicksPerSecond = 100;
    private const double Resolution = 2 / TicksPerSecond;

    private readonly long moment = Stopwatch.GetTimestamp();
    private readonly double busy = Busy();
    private readonly TimeSpan own = Own();

    public MachineLoad()
    {
    }

    /// <summary>The share of all processor time since then that went to others, 0 to 1; what cannot be resolved counts as nothing.</summary>
    public double Others()
    {
        double capacity = Stopwatch.GetElapsedTime(moment).TotalSeconds * Environment.ProcessorCount;
        double others = Busy() - busy - (Own() - own).TotalSeconds;
        return Math.Max(0, others - Resolution) / capacity;
    }

    private static TimeSpan Own() => Environment.CpuUsage.TotalTime;

    private static double Busy()
    {
        if (!OperatingSystem.IsLinux())
        {
            return Own().TotalSeconds;
        }

        // cpu user nice system idle iowait irq softirq steal guest guest_nice
        long[] ticks = [.. File.ReadLines(Totals).First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..9].Select(t => long.Parse(t, CultureInfo.InvariantCulture))];
        const int idle = 3;
        const int waiting = 4;
        return (ticks.Sum() - ticks[idle] - ticks[waiting]) / TicksPerSecond;
    }
}
