using System.Collections.Immutable;

namespace InceptionMl.Networks.TensorFlow;

/// <summary>Arrays of four dimensions in another order.</summary>
internal static class Permutation
{
    /// <summary>Gets the values with dimension <c>order[i]</c> in place i.</summary>
    public static float[] Apply(float[] values, ImmutableArray<int> shape, ImmutableArray<int> order)
    {
        int[] strides = new int[4];
        int stride = 1;
        for (int i = 3; i >= 0; i--)
        {
            strides[i] = stride;
            stride *= shape[i];
        }

        float[] result = new float[values.Length];
        int next = 0;
        for (int a = 0; a < shape[order[0]]; a++)
        {
            for (int b = 0; b < shape[order[1]]; b++)
            {
                for (int c = 0; c < shape[order[2]]; c++)
                {
                    int from = (a * strides[order[0]]) + (b * strides[order[1]]) + (c * strides[order[2]]);
                    for (int d = 0; d < shape[order[3]]; d++)
                    {
                        result[next++] = values[from + (d * strides[order[3]])];
                    }
                }
            }
        }

        return result;
    }
}
