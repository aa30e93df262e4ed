using System.Numerics;

namespace DemoImages.Surfaces;

internal sealed class BrushedMetal(RandomSequence random) : ISurface
{
    private readonly ValueNoise noise = new((uint)random.NextBits());
    private readonly Vector3 tone = new Vector3(0.34f, 0.35f, 0.37f) * random.Between(0.4f, 1.4f);

    public Vector3 Albedo(float x, float y)
    {
        float streak = noise.At(x * 1.5f, y * 70f) + (0.6f * noise.At(x * 4f, y * 25f));
        float scratch = noise.At((x + (y * 0.7f)) * 60f, (y - x) * 0.8f) > 0.95f ? 1.4f : 1f;
        return tone * (0.75f + (0.28f * streak)) * scratch;
    }
}
