namespace InceptionMl.Internal;

/// <summary>
/// Steele, Lea and Flood's SplitMix64 ("Fast splittable pseudorandom number generators", 2014): the same numbers for a seed on every machine
/// and under every version of .NET.
/// </summary>
public sealed class SplitMix64(ulong seed)
{
    private ulong state = seed;

    /// <summary>Gets the next 64 bits.</summary>
    public ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>Gets the next number, evenly from <paramref name="low"/> to below <paramref name="high"/>.</summary>
    public double Between(double low, double high) => low + ((high - low) * ((Next() >> 11) * (1.0 / (1UL << 53))));
}
