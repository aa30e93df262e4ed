using System.Numerics;

namespace DemoImages.Surfaces;

/// <summary>Drawing paper with a grid, a few lines and a circle: edges that belong to no fastener.</summary>
internal sealed class Blueprint(RandomSequence random) : ISurface
{
    private readonly ValueNoise noise = new((uint)random.NextBits());
    private readonly bool white = random.Chance(0.35f);
    private readonly float cell = random.Between(0.25f, 0.5f);
    private readonly float slope = random.Between(-1f, 1f);
    private readonly Vector3 circle = new(random.Between(-2f, 2f), random.Between(-2f, 2f), random.Between(0.5f, 1.6f));

    public Vector3 Albedo(float x, float y)
    {
        Vector3 paper = white ? new Vector3(0.6f, 0.6f, 0.55f) : new Vector3(0.03f, 0.1f, 0.3f);
        Vector3 ink = white ? new Vector3(0.1f, 0.15f, 0.35f) : new Vector3(0.5f, 0.6f, 0.7f);
        float grid = MathF.Min(Fraction(x / cell), Fraction(y / cell)) * cell < 0.012f ? 0.15f : 0f;
        float ring = MathF.Abs(MathF.Sqrt(((x - circle.X) * (x - circle.X)) + ((y - circle.Y) * (y - circle.Y))) - circle.Z);
        float line = MathF.Abs(y - (slope * x) - circle.X);
        float drawn = MathF.Min(ring, line) < 0.022f ? 0.3f : 0f;
        return Vector3.Lerp(paper, ink, MathF.Max(grid, drawn)) * (0.75f + (0.5f * noise.Octaves(x * 2f, y * 2f, 4)));
    }

    private static float Fraction(float value) => value - MathF.Floor(value);
}
