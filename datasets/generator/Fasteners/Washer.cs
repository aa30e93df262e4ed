using System.Numerics;
using DemoImages.Geometry;

namespace DemoImages.Fasteners;

/// <summary>A flat ring.</summary>
internal sealed class Washer(RandomSequence random) : IFastener
{
    private readonly float outer = random.Between(0.78f, 0.92f);
    private readonly float inner = random.Between(0.46f, 0.56f);
    private readonly float half = random.Between(0.04f, 0.075f);

    public IReadOnlyList<Rim> Rims => [new(half, outer), new(-half, outer)];

    public float Distance(Vector3 p) =>
        MathF.Max(Solid.Cylinder(p, outer, -half, half), inner - Solid.FromAxis(p));

    public Posture Rest(RandomSequence random) => random.Chance(0.07f)
        ? new Posture(random.Between(0.1f, 0.9f), 0f)
        : new Posture(MathF.PI / 2f, 0f);
}
