using System.Collections.Immutable;

namespace InceptionMl.Networks.Weights.Binding;

/// <summary>What a naming says of one tensor of a file: which parameter it is, or why a network does not want it.</summary>
internal sealed record TensorPlacement
{
    private TensorPlacement(string? parameter, TensorLayout layout, string? ignoredBecause)
    {
        Parameter = parameter;
        Layout = layout;
        IgnoredBecause = ignoredBecause;
    }

    /// <summary>Gets the name of the parameter it fills; null if it is ignored.</summary>
    public string? Parameter { get; }

    /// <summary>Gets the order of its dimensions.</summary>
    public TensorLayout Layout { get; }

    /// <summary>Gets why it is ignored; null if it fills a parameter.</summary>
    public string? IgnoredBecause { get; }

    /// <summary>It is this parameter.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="layout">The order of the tensor's dimensions.</param>
    public static TensorPlacement At(string parameter, TensorLayout layout = TensorLayout.Same) => new(parameter, layout, null);

    /// <summary>It is none.</summary>
    /// <param name="reason">Why the network does without.</param>
    public static TensorPlacement Ignored(string reason) => new(null, TensorLayout.Same, reason);
}

/// <summary>The order of a tensor's dimensions in its file, against the order a parameter has here.</summary>
internal enum TensorLayout
{
    /// <summary>The same order: outputs, inputs, height, width; or outputs, inputs; or a vector.</summary>
    Same,

    /// <summary>A kernel as TensorFlow and Keras keep it: height, width, inputs, outputs.</summary>
    HeightWidthInputsOutputs,

    /// <summary>A dense layer's weight as TensorFlow and Keras keep it: inputs, outputs.</summary>
    InputsOutputs,
}

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
