using InceptionMl.Networks.Graph;

namespace InceptionMl.Networks.Weights;

/// <summary>Holds a source of weights to its word: as many values as the parameter has.</summary>
internal sealed class CheckedWeights(IWeights source) : IWeights
{
    public ReadOnlyMemory<float> Values(Parameter parameter)
    {
        ReadOnlyMemory<float> values = source.Values(parameter);
        return values.Length == parameter.Count
            ? values
            : throw new WeightException($"{parameter} needs {parameter.Count} values; its source gave {values.Length}.");
    }
}
