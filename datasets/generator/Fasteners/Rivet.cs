using System.Numerics;
using DemoImages.Geometry;

namespace DemoImages.Fasteners;

/// <summary>A domed head on a short, smooth shank.</summary>
internal sealed class Rivet(RandomSequence random) : IFastener
{
    private readonly float head = random.Between(0.5f, 0.62f);
    private readonly float dome = random.Between(0.34f, 0.48f);
    private readonly float shank = random.Between(0.25f, 0.33f);
    private readonly float length = random.Between(0.9f, 1.35f);

    public IReadOnlyList<Rim> Rims => [new(dome, 0f), new(0f, head), new(-length, shank)];

    public float Distance(Vector3 p)
    {
        float cap = MathF.Max(Solid.Ellipsoid(p, head, dome), -p.Z);
        return MathF.Min(cap, Solid.Cylinder(p, shank, -length, 0.02f));
    }

    public Posture Rest(RandomSequence random) => random.Chance(0.05f)
        ? new Posture(-MathF.PI / 2f, 0f)
        : new Posture(MathF.Atan2(head - shank, length), 0f);
}
