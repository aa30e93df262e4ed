using System.Numerics;

namespace DemoImages.Scenes;

/// <summary>A pinhole camera above the table.</summary>
internal sealed record Camera(Vector3 Eye, Vector3 Right, Vector3 Up, Vector3 Forward, float HalfWidth)
{
    private const float Distance = 7f;

    public static Camera Draw(RandomSequence random)
    {
        float tilt = random.Between(0.3f, 0.6f);
        float half = random.Between(1.2f, 1.45f);
        Vector3 target = new(random.Normal() * 0.05f * half, random.Normal() * 0.05f * half, 0.15f);
        Vector3 forward = new(0f, MathF.Sin(tilt), -MathF.Cos(tilt));
        Vector3 right = Vector3.UnitX;
        return new Camera(target - (forward * Distance), right, Vector3.Cross(right, forward), forward, half / Distance);
    }

    /// <summary>The ray through a point of the image, both coordinates in -1..1, y up.</summary>
    public Vector3 Ray(float x, float y) => Vector3.Normalize(Forward + (Right * (x * HalfWidth)) + (Up * (y * HalfWidth)));
}
