using System.Numerics;

namespace DemoImages.Geometry;

/// <summary>Signed distances of the solids the fasteners are cut from; every solid's axis is z.</summary>
internal static class Solid
{
    public static float Cylinder(Vector3 p, float radius, float bottom, float top) =>
        MathF.Max(FromAxis(p) - radius, Slab(p.Z, bottom, top));

    /// <summary>A hexagonal prism; <paramref name="apothem"/> is half the width across flats, a flat faces +x.</summary>
    public static float HexagonalPrism(Vector3 p, float apothem, float bottom, float top)
    {
        float x = MathF.Abs(p.X);
        float slanted = (0.5f * x) + (0.8660254f * MathF.Abs(p.Y));
        return MathF.Max(MathF.Max(x, slanted) - apothem, Slab(p.Z, bottom, top));
    }

    /// <summary>A shank whose surface is a helix of the given pitch and depth.</summary>
    public static float Thread(Vector3 p, float radius, float pitch, float depth, float bottom, float top)
    {
        float turn = (p.Z / pitch) - (MathF.Atan2(p.Y, p.X) / MathF.Tau);
        float wave = MathF.Abs((2f * (turn - MathF.Floor(turn))) - 1f);
        return 0.6f * MathF.Max(FromAxis(p) - radius + (depth * wave), Slab(p.Z, bottom, top));
    }

    public static float Box(Vector3 p, Vector3 half)
    {
        Vector3 d = Vector3.Abs(p) - half;
        return MathF.Max(d.X, MathF.Max(d.Y, d.Z));
    }

    public static float Ellipsoid(Vector3 p, float radius, float height)
    {
        Vector3 scaled = new(p.X / radius, p.Y / radius, p.Z / height);
        return (scaled.Length() - 1f) * MathF.Min(radius, height);
    }

    public static float Capsule(Vector3 p, Vector3 from, Vector3 to, float radius)
    {
        Vector3 along = to - from;
        float t = Math.Clamp(Vector3.Dot(p - from, along) / along.LengthSquared(), 0f, 1f);
        return (p - from - (along * t)).Length() - radius;
    }

    public static float FromAxis(Vector3 p) => MathF.Sqrt((p.X * p.X) + (p.Y * p.Y));

    private static float Slab(float z, float bottom, float top) => MathF.Max(bottom - z, z - top);
}
