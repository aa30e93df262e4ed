using System.Numerics;
using DemoImages.Geometry;

namespace DemoImages.Fasteners;

/// <summary>A wire folded into an eye and two legs, one longer than the other; some legs are bent apart.</summary>
internal sealed class SplitPin(RandomSequence random) : IFastener
{
    private readonly float wire = random.Between(0.085f, 0.11f);
    private readonly float eye = random.Between(0.24f, 0.32f);
    private readonly float length = random.Between(1.5f, 1.9f);
    private readonly float shorter = random.Between(0.8f, 0.95f);
    private readonly float spread = random.Chance(0.4f) ? random.Between(0.15f, 0.5f) : random.Between(0f, 0.05f);

    public IReadOnlyList<Rim> Rims => [new(eye * 2f, wire), new(-length, wire)];

    public float Distance(Vector3 p)
    {
        Vector3 fromEye = p - new Vector3(0f, 0f, eye);
        float ring = MathF.Sqrt((fromEye.X * fromEye.X) + (fromEye.Z * fromEye.Z)) - eye;
        float loop = MathF.Sqrt((ring * ring) + (p.Y * p.Y)) - wire;
        return MathF.Min(loop, MathF.Min(Leg(p, 1f, length), Leg(p, -1f, length * shorter)));
    }

    public Posture Rest(RandomSequence random) => new(0f, 0f);

    private float Leg(Vector3 p, float side, float end)
    {
        Vector3 knee = new(side * wire * 0.95f, 0f, -end * 0.55f);
        Vector3 tip = new(knee.X + (side * spread), 0f, -end);
        float upper = Solid.Capsule(p, new Vector3(knee.X, 0f, 0.02f), knee, wire);
        return MathF.Min(upper, Solid.Capsule(p, knee, tip, wire));
    }
}
