using System.Numerics;
using DemoImages.Geometry;

namespace DemoImages.Fasteners;

/// <summary>A countersunk wood screw: cone head with a cross recess, coarse thread, sharp point.</summary>
internal sealed class Screw(RandomSequence random) : IFastener
{
    private readonly float head = random.Between(0.36f, 0.46f);
    private readonly float cone = random.Between(0.26f, 0.36f);
    private readonly float shank = random.Between(0.16f, 0.2f);
    private readonly float length = random.Between(1.6f, 2.1f);
    private readonly float pitch = random.Between(0.14f, 0.18f);

    public IReadOnlyList<Rim> Rims => [new(0f, head), new(-length * 0.75f, shank), new(-length, 0f)];

    public float Distance(Vector3 p)
    {
        float slope = (head - shank) / cone;
        float sink = 0.75f * (Solid.FromAxis(p) - head - (p.Z * slope));
        float top = MathF.Max(MathF.Max(sink, Solid.Cylinder(p, head, -cone, 0f)), -Recess(p));
        float taper = Math.Clamp((p.Z + length) / (0.28f * length), 0f, 1f);
        float thread = Solid.Thread(p, (shank * taper) + 0.01f, pitch, 0.075f * taper, -length, -cone - 0.12f);
        float neck = Solid.Cylinder(p, shank * 0.82f, -cone - 0.15f, -cone + 0.05f);
        return MathF.Min(top, MathF.Min(thread, neck));
    }

    public Posture Rest(RandomSequence random) => random.Chance(0.05f)
        ? new Posture(-MathF.PI / 2f, random.Between(0f, MathF.Tau))
        : new Posture(MathF.Atan2(head - shank, length * 0.75f), random.Between(0f, MathF.Tau));

    private float Recess(Vector3 p)
    {
        float arm = head * 0.6f;
        float one = Solid.Box(p, new Vector3(arm, 0.055f, 0.16f));
        float other = Solid.Box(p, new Vector3(0.055f, arm, 0.16f));
        return MathF.Min(one, other);
    }
}
