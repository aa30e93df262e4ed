using System.Collections.Immutable;

namespace InceptionMl.Networks.Weights.Binding;

/// <summary>From a file's order of dimensions to the order here, and back.</summary>
internal static class TensorLayouts
{
    /// <summary>Gets the shape a file has for a parameter of this shape.</summary>
    public static ImmutableArray<int> InFile(this TensorLayout layout, ImmutableArray<int> parameter) => layout switch
    {
        TensorLayout.HeightWidthInputsOutputs when parameter.Length == 4 => [parameter[2], parameter[3], parameter[1], parameter[0]],
        TensorLayout.InputsOutputs when parameter.Length == 2 => [parameter[1], parameter[0]],
        _ => parameter,
    };

    /// <summary>Gets the values of a tensor in the order here; its shape has been checked.</summary>
    public static ReadOnlyMemory<float> Values(this TensorLayout layout, Tensor tensor) => layout switch
    {
        // Both turn the outputs, the last dimension, into the first; of a kernel the inputs, before them, become the second.
        TensorLayout.HeightWidthInputsOutputs => Turned(tensor.Values.Span, tensor.Shape[0] * tensor.Shape[1], tensor.Shape[2], tensor.Shape[3]),
        TensorLayout.InputsOutputs => Turned(tensor.Values.Span, 1, tensor.Shape[0], tensor.Shape[1]),
        _ => tensor.Values,
    };

    private static float[] Turned(ReadOnlySpan<float> values, int positions, int inputs, int outputs)
    {
        float[] turned = new float[values.Length];
        int from = 0;
        for (int position = 0; position < positions; position++)
        {
            for (int input = 0; input < inputs; input++)
            {
                for (int output = 0; output < outputs; output++)
                {
                    turned[(((output * inputs) + input) * positions) + position] = values[from++];
                }
            }
        }

        return turned;
    }
}
