using System.Numerics;

namespace DemoImages.Surfaces;

internal sealed class Wood(RandomSequence random) : ISurface
{
    private readonly ValueNoise noise = new((uint)random.NextBits());
    private readonly float rings = random.Between(2f, 4f);
    private readonly Vector3 dark = new Vector3(0.3f, 0.17f, 0.085f) * random.Between(0.75f, 1.2f);
    private readonly Vector3 light = new Vector3(0.42f, 0.25f, 0.13f) * random.Between(0.75f, 1.25f);

    public Vector3 Albedo(float x, float y)
    {
        float ring = noise.Octaves(x * 0.4f, y * 1.6f, 3) * rings;
        float grain = ring - MathF.Floor(ring);
        float fibre = noise.At(x * 4f, y * 55f);
        return Vector3.Lerp(dark, light, (0.65f * grain) + (0.35f * fibre));
    }
}
