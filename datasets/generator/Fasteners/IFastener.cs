using System.Numerics;
using DemoImages.Geometry;

namespace DemoImages.Fasteners;

/// <summary>One fastener, its sizes drawn; lengths are such that most are about two units long.</summary>
internal interface IFastener
{
    /// <summary>The rims it can rest on.</summary>
    public IReadOnlyList<Rim> Rims { get; }

    /// <summary>A bound of its distance to the surface at a point of its own frame; negative inside.</summary>
    public float Distance(Vector3 p);

    /// <summary>Draws a way to lie or stand on the table.</summary>
    public Posture Rest(RandomSequence random);
}
