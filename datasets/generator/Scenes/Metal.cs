using System.Numerics;

namespace DemoImages.Scenes;

/// <summary>A finish every kind of fastener may have, so that color does not name the kind.</summary>
internal sealed record Metal(Vector3 Color, float Gloss, float Tarnish, ValueNoise Noise)
{
    private static readonly Vector3[] Colors =
    [
        new(0.62f, 0.63f, 0.65f), new(0.75f, 0.76f, 0.8f), new(0.78f, 0.6f, 0.28f),
        new(0.72f, 0.42f, 0.28f), new(0.17f, 0.17f, 0.19f), new(0.7f, 0.63f, 0.35f),
    ];

    public static Metal Draw(RandomSequence random) => new(
        Colors[random.Below(Colors.Length)] * random.Between(0.85f, 1.15f),
        random.Between(6f, 40f),
        random.Chance(0.35f) ? random.Between(0.3f, 0.8f) : random.Between(0f, 0.2f),
        new ValueNoise((uint)random.NextBits()));

    /// <summary>The color at a point of the fastener's own frame, rust and grime included.</summary>
    public Vector3 At(Vector3 p)
    {
        float patch = Noise.Octaves((p.X * 4f) + p.Z, (p.Y * 4f) + (p.Z * 3f), 4);
        float rust = Math.Clamp((patch - 0.5f) * 5f, 0f, 1f) * Tarnish;
        return Vector3.Lerp(Color, new Vector3(0.25f, 0.13f, 0.07f), rust);
    }
}
