using System.Numerics;
using DemoImages.Fasteners;
using DemoImages.Geometry;
using DemoImages.Surfaces;

namespace DemoImages.Scenes;

/// <summary>One fastener on a surface under a lamp.</summary>
internal sealed record Scene(IFastener Fastener, Placement Placement, Metal Metal, Light Light, Camera Camera, ISurface Surface, float SurfaceTurn)
{
    public static Scene Draw(string label, RandomSequence random)
    {
        IFastener fastener = DemoSet.Classes[label](random);
        Placement placement = new(fastener.Rest(random), random.Between(0.4f, 1.1f), fastener.Rims);
        return new Scene(
            fastener, placement, Metal.Draw(random), Light.Draw(random), Camera.Draw(random), DrawSurface(random), random.Between(0f, MathF.Tau));
    }

    public float Distance(Vector3 point) => Fastener.Distance(Placement.ToLocal(point));

    public Vector3 Albedo(float x, float y)
    {
        float cosine = MathF.Cos(SurfaceTurn);
        float sine = MathF.Sin(SurfaceTurn);
        return Surface.Albedo((x * cosine) + (y * sine), (y * cosine) - (x * sine));
    }

    private static ISurface DrawSurface(RandomSequence random) => random.Below(6) switch
    {
        0 => new Wood(random),
        1 => new Concrete(random),
        2 => new Cloth(random),
        3 => new Cardboard(random),
        4 => new Blueprint(random),
        _ => new BrushedMetal(random),
    };
}
