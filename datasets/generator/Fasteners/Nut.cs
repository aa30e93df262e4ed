using System.Numerics;
using DemoImages.Geometry;

namespace DemoImages.Fasteners;

/// <summary>A hexagon nut with a threaded hole.</summary>
internal sealed class Nut(RandomSequence random) : IFastener
{
    private readonly float apothem = random.Between(0.66f, 0.8f);
    private readonly float half = random.Between(0.28f, 0.38f);
    private readonly float hole = random.Between(0.32f, 0.4f);

    public IReadOnlyList<Rim> Rims => [new(half, apothem), new(-half, apothem)];

    public float Distance(Vector3 p)
    {
        float hexagon = Solid.HexagonalPrism(p, apothem, -half, half);
        float chamfer = 0.85f * (Solid.FromAxis(p) + (1.4f * (MathF.Abs(p.Z) - half)) - (apothem * 1.02f));
        float bore = Solid.Thread(p, hole, 0.11f, 0.05f, -1f, 1f);
        return MathF.Max(MathF.Max(hexagon, chamfer * 0.7f), -bore);
    }

    public Posture Rest(RandomSequence random) => random.Chance(0.1f)
        ? new Posture(0f, MathF.PI / 2f)
        : new Posture(MathF.PI / 2f, random.Between(0f, MathF.Tau));
}
