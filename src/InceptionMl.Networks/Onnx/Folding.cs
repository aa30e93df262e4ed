using InceptionMl.Networks.Graph;
using InceptionMl.Networks.Weights;

namespace InceptionMl.Networks.Onnx;

/// <summary>
/// Linear steps that go into the convolution before them. Batch normalization: W' = W g and b' = beta + (b - mean) g with
/// g = gamma / sqrt(variance + epsilon); a residual's scale multiplies both. Only where nothing else sees what lies between.
/// </summary>
internal sealed class Folding(Network network, IWeights weights)
{
    /// <summary>Gets the batch normalization that goes into this convolution; null if there is none.</summary>
    public Layer? Normalization(Layer convolution) =>
        OnlyConsumer(convolution) is { Operation: BatchNormalization } normalization ? normalization : null;

    /// <summary>Gets the scale of the residual that this convolution ends; 1 if it ends none.</summary>
    public float Scale(Layer convolution) => OnlyConsumer(convolution) is { Operation: ScaledAddition addition } layer
        && layer.Inputs[1] == convolution.Name
        && layer.Inputs[0] != convolution.Name
            ? addition.Scale
            : 1;

    /// <summary>Gets the convolution's weight and bias with everything folded in.</summary>
    public (float[] Weight, float[] Bias) Fold(Layer convolution)
    {
        Parameter parameter = convolution.Find(ParameterRole.Weight)!;
        float[] weight = weights.Values(parameter).ToArray();
        int filters = parameter.Shape[0];
        float[] bias = Values(convolution, ParameterRole.Bias, filters, otherwise: 0);
        (double[] gain, double[] offset) = Affine(convolution, filters);
        int perFilter = weight.Length / filters;
        for (int f = 0; f < filters; f++)
        {
            double g = gain[f];
            foreach (ref float w in weight.AsSpan(f * perFilter, perFilter))
            {
                w = (float)(w * g);
            }

            bias[f] = (float)((bias[f] * g) + offset[f]);
        }

        return (weight, bias);
    }

    // What follows the convolution, as y = gain x + offset for each filter.
    private (double[] Gain, double[] Offset) Affine(Layer convolution, int filters)
    {
        double[] gain = new double[filters];
        double[] offset = new double[filters];
        if (Normalization(convolution) is not { Operation: BatchNormalization normalization } layer)
        {
            gain.AsSpan().Fill(Scale(convolution));
            return (gain, offset);
        }

        float[] gamma = Values(layer, ParameterRole.Gamma, filters, otherwise: 1);
        float[] beta = Values(layer, ParameterRole.Beta, filters, otherwise: 0);
        float[] mean = Values(layer, ParameterRole.Mean, filters, otherwise: 0);
        float[] variance = Values(layer, ParameterRole.Variance, filters, otherwise: 1);
        for (int f = 0; f < filters; f++)
        {
            double spread = (double)variance[f] + normalization.Epsilon;
            gain[f] = spread > 0 ? gamma[f] / Math.Sqrt(spread) : throw new WeightException(
                $"'{layer.Name}/variance' is {variance[f]} at {f}: a variance is not negative. The weights are damaged.");
            offset[f] = beta[f] - (mean[f] * gain[f]);
        }

        return (gain, offset);
    }

    private float[] Values(Layer layer, ParameterRole role, int count, float otherwise)
    {
        if (layer.Find(role) is { } parameter)
        {
            return weights.Values(parameter).ToArray();
        }

        float[] values = new float[count];
        values.AsSpan().Fill(otherwise);
        return values;
    }

    private Layer? OnlyConsumer(Layer layer) => network.FeatureMap != layer && network.Consumers(layer) is [var only] ? only : null;
}
