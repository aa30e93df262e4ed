using System.Text;

namespace InceptionMl.Networks.Weights;

/// <summary>
/// Numbers in [-1, 1) that depend on a name and an index alone, in integer arithmetic anyone can repeat: FNV-1a of the name,
/// then Murmur3's 32-bit finalizer of hash + index * 2654435769.
/// </summary>
internal readonly struct NameHash
{
    private readonly uint start;

    public NameHash(string name)
    {
        uint hash = 2166136261;
        foreach (byte b in Encoding.UTF8.GetBytes(name))
        {
            hash = (hash ^ b) * 16777619;
        }

        start = hash;
    }

    public double this[int index]
    {
        get
        {
            uint h = start + ((uint)index * 2654435769);
            h = (h ^ (h >> 16)) * 0x85ebca6b;
            h = (h ^ (h >> 13)) * 0xc2b2ae35;
            h ^= h >> 16;
            return (h / 2147483648.0) - 1;
        }
    }
}
