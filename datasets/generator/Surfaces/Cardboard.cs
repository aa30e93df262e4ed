using System.Numerics;

namespace DemoImages.Surfaces;

internal sealed class Cardboard(RandomSequence random) : ISurface
{
    private readonly ValueNoise noise = new((uint)random.NextBits());
    private readonly Vector3 tone = new Vector3(0.42f, 0.28f, 0.16f) * random.Between(0.65f, 1.35f);
    private readonly float flutes = random.Between(14f, 24f);

    public Vector3 Albedo(float x, float y)
    {
        float flute = MathF.Sin(x * flutes) * 0.07f;
        float fibre = (noise.At(x * 10f, y * 45f) - 0.5f) * 0.25f;
        float stain = (noise.Octaves(x, y, 3) - 0.5f) * 0.4f;
        return tone * (1f + flute + fibre + stain);
    }
}
