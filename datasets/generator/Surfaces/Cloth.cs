using System.Numerics;

namespace DemoImages.Surfaces;

internal sealed class Cloth(RandomSequence random) : ISurface
{
    private static readonly Vector3[] Dyes =
        [new(0.1f, 0.17f, 0.33f), new(0.33f, 0.08f, 0.07f), new(0.13f, 0.25f, 0.13f), new(0.35f, 0.33f, 0.3f), new(0.07f, 0.07f, 0.08f)];

    private readonly ValueNoise noise = new((uint)random.NextBits());
    private readonly Vector3 dye = Dyes[random.Below(Dyes.Length)];
    private readonly float threads = random.Between(35f, 60f);

    public Vector3 Albedo(float x, float y)
    {
        float weave = MathF.Sin((x + y) * threads) * MathF.Sin(y * threads * 0.5f);
        float fold = noise.Octaves(x * 0.9f, y * 0.9f, 2);
        return dye * (1f + (0.18f * weave)) * (0.75f + (0.5f * fold)) * (0.8f + (0.4f * noise.At(x * 30f, y * 30f)));
    }
}
