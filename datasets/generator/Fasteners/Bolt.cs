using System.Numerics;
using DemoImages.Geometry;

namespace DemoImages.Fasteners;

/// <summary>A hexagon head on a threaded, blunt shank.</summary>
internal sealed class Bolt(RandomSequence random) : IFastener
{
    private readonly float head = random.Between(0.4f, 0.5f);
    private readonly float thickness = random.Between(0.26f, 0.36f);
    private readonly float shank = random.Between(0.19f, 0.25f);
    private readonly float length = random.Between(1.2f, 1.75f);
    private readonly float threaded = random.Between(0.5f, 0.95f);

    public IReadOnlyList<Rim> Rims => [new(thickness, head), new(0f, head), new(-length, shank)];

    public float Distance(Vector3 p)
    {
        float hexagon = Solid.HexagonalPrism(p, head, 0f, thickness);
        float chamfer = 0.8f * (Solid.FromAxis(p) + (1.2f * (p.Z - thickness)) - (head * 1.04f));
        float plain = Solid.Cylinder(p, shank, -length * (1f - threaded), 0.02f);
        float thread = Solid.Thread(p, shank, 0.105f, 0.05f, -length, -length * (1f - threaded));
        return MathF.Min(MathF.Max(hexagon, chamfer), MathF.Min(plain, thread));
    }

    public Posture Rest(RandomSequence random) => random.Chance(0.05f)
        ? new Posture(-MathF.PI / 2f, random.Between(0f, MathF.Tau))
        : new Posture(MathF.Atan2(head - shank, length), MathF.PI / 2f);
}
