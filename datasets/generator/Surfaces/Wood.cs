using System.Numerics;

namespace DemoImages.Surfaces;

internal sealed class Wood(RandomSequence random) : ISurface
{
    private readonly ValueNoise noise = new((uint)random.NextBits());
    private readonly float rings = random.Between(3f, 9f);
    private readonly Vector3 dark = new Vector3(0.2f, 0.1f, 0.05f) * random.Between(0.6f, 1.4f);
    private readonly Vector3 light = new Vector3(0.5f, 0.3f, 0.15f) * random.Between(0.6f, 1.3f);

    public Vector3 Albedo(float x, float y)
    {
        float ring = noise.Octaves(x * 0.4f, y * 1.6f, 3) * rings;
        float grain = ring - MathF.Floor(ring);
        float fibre = noise.At(x * 4f, y * 55f);
        return Vector3.Lerp(dark, light, (0.65f * grain) + (0.35f * fibre));
    }
}
