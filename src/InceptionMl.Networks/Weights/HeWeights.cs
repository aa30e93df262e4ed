using System.Globalization;
using InceptionMl.Networks.Graph;

namespace InceptionMl.Networks.Weights;

/// <summary>
/// Weights before any training: uniform in +-sqrt(6 / fan-in), which keeps the variance through ReLU (He et al. 2015); biases,
/// betas and means 0, gammas and variances 1. Each parameter depends on its name and the seed alone.
/// </summary>
/// <param name="seed">Another seed, other weights.</param>
internal sealed class HeWeights(int seed = 0) : IWeights
{
    /// <inheritdoc/>
    public ReadOnlyMemory<float> Values(Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        float[] values = new float[parameter.Count];
        switch (parameter.Role)
        {
            case ParameterRole.Weight:
                NameHash hash = new(string.Create(CultureInfo.InvariantCulture, $"{seed}:{parameter.Name}"));
                double bound = Math.Sqrt(6.0 / parameter.FanIn);
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = (float)(bound * hash[i]);
                }

                break;
            case ParameterRole.Gamma or ParameterRole.Variance:
                values.AsSpan().Fill(1);
                break;
        }

        return values;
    }
}
