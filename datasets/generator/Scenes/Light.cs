using System.Numerics;

namespace DemoImages.Scenes;

/// <summary>A key lamp over a dim room.</summary>
internal sealed record Light(Vector3 Direction, Vector3 Color, Vector3 Ambient, float Softness)
{
    public static Light Draw(RandomSequence random)
    {
        float elevation = random.Between(0.75f, 1.3f);
        float azimuth = random.Between(0f, MathF.Tau);
        float warmth = random.Between(-0.22f, 0.3f);
        Vector3 tint = new(1f + warmth, 1f, 1f - warmth);
        Vector3 direction = new(MathF.Cos(elevation) * MathF.Cos(azimuth), MathF.Cos(elevation) * MathF.Sin(azimuth), MathF.Sin(elevation));
        float strength = random.Between(0.8f, 1.7f);
        return new Light(direction, tint * strength, Vector3.Lerp(Vector3.One, tint, 0.4f) * random.Between(0.25f, 0.6f), random.Between(5f, 25f));
    }

    /// <summary>What a mirror sees in a direction: the room, brighter above, a lamp, a window band.</summary>
    public Vector3 Seen(Vector3 direction, float gloss)
    {
        float up = Math.Clamp((direction.Z * 0.5f) + 0.5f, 0f, 1f);
        float lamp = MathF.Pow(MathF.Max(0f, Vector3.Dot(direction, Direction)), gloss);
        float band = MathF.Exp(-60f * (direction.Z - 0.35f) * (direction.Z - 0.35f)) * 0.5f;
        return (Ambient * ((1.6f * up * up) + band)) + (Color * lamp * (0.7f + (gloss * 0.05f)));
    }
}
