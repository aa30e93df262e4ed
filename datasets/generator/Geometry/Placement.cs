using System.Numerics;

namespace DemoImages.Geometry;

/// <summary>Carries points of the scene (z up, the table at 0) into a fastener's own frame.</summary>
internal sealed class Placement
{
    private readonly Vector3 x;
    private readonly Vector3 y;
    private readonly Vector3 z;

    public Placement(Posture posture, float heading, IReadOnlyList<Rim> rims)
    {
        float up = MathF.Sin(posture.Elevation);
        float flat = MathF.Cos(posture.Elevation);
        z = new Vector3(flat * MathF.Cos(heading), flat * MathF.Sin(heading), up);
        Vector3 across = new(-MathF.Sin(heading), MathF.Cos(heading), 0f);
        Vector3 upward = Vector3.Cross(z, across);
        x = (across * MathF.Cos(posture.Spin)) + (upward * MathF.Sin(posture.Spin));
        y = (upward * MathF.Cos(posture.Spin)) - (across * MathF.Sin(posture.Spin));
        float lowest = rims.Min(rim => (rim.Height * up) - (rim.Radius * MathF.Abs(flat)));
        float middle = (rims.Min(rim => rim.Height) + rims.Max(rim => rim.Height)) / 2f;
        Origin = new Vector3(-z.X * middle, -z.Y * middle, -lowest);
        Center = Origin + (z * middle);
    }

    /// <summary>Where the fastener's own origin stands in the scene.</summary>
    public Vector3 Origin { get; }

    /// <summary>The middle of the fastener's axis, above the scene's origin.</summary>
    public Vector3 Center { get; }

    public Vector3 ToLocal(Vector3 point)
    {
        Vector3 d = point - Origin;
        return new Vector3(Vector3.Dot(d, x), Vector3.Dot(d, y), Vector3.Dot(d, z));
    }
}
