using System.Numerics;

namespace DemoImages.Surfaces;

/// <summary>What the fastener lies on: linear albedo over the plane.</summary>
internal interface ISurface
{
    public Vector3 Albedo(float x, float y);
}
