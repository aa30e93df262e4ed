namespace DemoImages;

/// <summary>SplitMix64 (Steele, Lea and Flood 2014), written out so that the images never depend on the runtime's own generator.</summary>
internal sealed class RandomSequence(ulong seed)
{
    private ulong state = seed;

    /// <summary>The sequence that belongs to one image of one class; FNV-1a over the name.</summary>
    public static RandomSequence For(string label, int index)
    {
        ulong hash = 14695981039346656037UL;
        foreach (char letter in $"{label}/{index}")
        {
            hash = (hash ^ letter) * 1099511628211UL;
        }

        return new RandomSequence(hash);
    }

    public ulong NextBits()
    {
        state += 0x9E3779B97F4A7C15UL;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    public float Unit() => (NextBits() >> 40) / 16777216f;

    public float Between(float low, float high) => low + ((high - low) * Unit());

    public int Below(int count) => (int)(NextBits() % (ulong)count);

    public bool Chance(float probability) => Unit() < probability;

    /// <summary>About normal, mean 0, deviation 1: the sum of twelve uniform values.</summary>
    public float Normal()
    {
        float sum = -6f;
        for (int i = 0; i < 12; i++)
        {
            sum += Unit();
        }

        return sum;
    }
}
