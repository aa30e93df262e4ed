using System.Numerics;
using DemoImages.Scenes;

namespace DemoImages.Rendering;

/// <summary>Sphere tracing (Hart 1996) of one scene: linear color per ray.</summary>
internal sealed class RayMarcher(Scene scene)
{
    private const float Bound = 1.5f;
    private const float Touch = 0.003f;

    public Vector3 Trace(Vector3 eye, Vector3 ray)
    {
        float table = -eye.Z / ray.Z;
        float hit = March(eye, ray, table);
        return hit < table ? ShadeMetal(eye + (ray * hit), ray) : ShadeTable(eye + (ray * table));
    }

    private float March(Vector3 eye, Vector3 ray, float limit)
    {
        Vector3 toCenter = scene.Placement.Center - eye;
        float closest = Vector3.Dot(toCenter, ray);
        float gap = toCenter.LengthSquared() - (closest * closest);
        if (gap > Bound * Bound)
        {
            return limit;
        }

        float half = MathF.Sqrt((Bound * Bound) - gap);
        float t = closest - half;
        float end = MathF.Min(limit, closest + half);
        for (int i = 0; i < 90 && t < end; i++)
        {
            float distance = scene.Distance(eye + (ray * t));
            if (distance < Touch)
            {
                return t;
            }

            t += distance;
        }

        return limit;
    }

    private Vector3 ShadeMetal(Vector3 point, Vector3 ray)
    {
        Vector3 normal = Normal(point);
        Vector3 mirrored = Vector3.Reflect(ray, normal);
        Vector3 color = scene.Metal.At(scene.Placement.ToLocal(point));
        float lit = Lit(point + (normal * 0.02f));
        Vector3 diffuse = scene.Light.Color * (0.35f * MathF.Max(0f, Vector3.Dot(normal, scene.Light.Direction)) * lit);
        Vector3 seen = mirrored.Z > 0f
            ? scene.Light.Seen(mirrored, scene.Metal.Gloss) * (0.45f + (0.55f * lit))
            : scene.Albedo(point.X + mirrored.X, point.Y + mirrored.Y) * (scene.Light.Ambient + (scene.Light.Color * 0.3f));
        float open = Open(point, normal, 0.12f);
        return color * ((seen + diffuse) * open);
    }

    private Vector3 ShadeTable(Vector3 point)
    {
        float lit = Lit(point + (Vector3.UnitZ * 0.01f));
        float open = Open(point, Vector3.UnitZ, 0.2f);
        return scene.Albedo(point.X, point.Y) * ((scene.Light.Ambient * open) + (scene.Light.Color * (scene.Light.Direction.Z * lit)));
    }

    /// <summary>0 in full shadow, 1 in full light; the lamp's softness sets the penumbra.</summary>
    private float Lit(Vector3 from)
    {
        float light = 1f;
        float t = 0.03f;
        Vector3 toCenter = scene.Placement.Center - from;
        float closest = Vector3.Dot(toCenter, scene.Light.Direction);
        float end = MathF.Min(3.2f, closest + Bound);
        for (int i = 0; i < 28 && t < end; i++)
        {
            float distance = scene.Distance(from + (scene.Light.Direction * t));
            light = MathF.Min(light, scene.Light.Softness * distance / t);
            if (light < 0.01f)
            {
                return 0f;
            }

            t += Math.Clamp(distance, 0.03f, 0.3f);
        }

        return Math.Clamp(light, 0f, 1f);
    }

    private float Open(Vector3 point, Vector3 normal, float reach) =>
        Math.Clamp(0.35f + (0.65f * MathF.Min(scene.Distance(point + (normal * reach)), point.Z + reach) / reach), 0.25f, 1f);

    private Vector3 Normal(Vector3 p)
    {
        const float Step = 0.004f;
        return Vector3.Normalize(new Vector3(
            scene.Distance(p + (Vector3.UnitX * Step)) - scene.Distance(p - (Vector3.UnitX * Step)),
            scene.Distance(p + (Vector3.UnitY * Step)) - scene.Distance(p - (Vector3.UnitY * Step)),
            scene.Distance(p + (Vector3.UnitZ * Step)) - scene.Distance(p - (Vector3.UnitZ * Step))));
    }
}
