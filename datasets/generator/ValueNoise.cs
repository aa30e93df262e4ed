namespace DemoImages;

/// <summary>Smooth lattice noise in the plane, 0..1, and its sum over octaves.</summary>
internal sealed class ValueNoise(uint seed)
{
    public float At(float x, float y)
    {
        int column = (int)MathF.Floor(x);
        int row = (int)MathF.Floor(y);
        float u = Smooth(x - column);
        float v = Smooth(y - row);
        float top = Mix(Lattice(column, row), Lattice(column + 1, row), u);
        float bottom = Mix(Lattice(column, row + 1), Lattice(column + 1, row + 1), u);
        return Mix(top, bottom, v);
    }

    public float Octaves(float x, float y, int count)
    {
        float sum = 0f;
        float weight = 0.5f;
        float total = 0f;
        for (int i = 0; i < count; i++)
        {
            sum += weight * At(x, y);
            total += weight;
            weight *= 0.5f;
            x = (x * 2f) + 17.3f;
            y = (y * 2f) + 5.9f;
        }

        return sum / total;
    }

    private static float Smooth(float t) => t * t * (3f - (2f * t));

    private static float Mix(float a, float b, float t) => a + ((b - a) * t);

    private float Lattice(int column, int row)
    {
        uint hash = seed ^ ((uint)column * 0x9E3779B1u) ^ ((uint)row * 0x85EBCA77u);
        hash = (hash ^ (hash >> 15)) * 0x2C1B3C6Du;
        hash = (hash ^ (hash >> 12)) * 0x297A2D39u;
        return ((hash ^ (hash >> 15)) >> 8) / 16777216f;
    }
}
