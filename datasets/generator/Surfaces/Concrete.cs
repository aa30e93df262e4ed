using System.Numerics;

namespace DemoImages.Surfaces;

internal sealed class Concrete(RandomSequence random) : ISurface
{
    private readonly ValueNoise noise = new((uint)random.NextBits());
    private readonly Vector3 tone = new Vector3(0.36f, 0.35f, 0.32f) * random.Between(0.5f, 1.5f);

    public Vector3 Albedo(float x, float y)
    {
        float stain = noise.Octaves(x * 1.3f, y * 1.3f, 5);
        float pit = noise.At(x * 14f, y * 14f) > 0.86f ? 0.75f : 1f;
        return tone * (0.75f + (0.5f * stain)) * pit * (0.85f + (0.3f * noise.At(x * 40f, y * 40f)));
    }
}
