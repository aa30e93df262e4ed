namespace DemoImages.Geometry;

/// <summary>How a fastener rests: its axis' angle above the table, and its turn about that axis; radians.</summary>
internal readonly record struct Posture(float Elevation, float Spin);
