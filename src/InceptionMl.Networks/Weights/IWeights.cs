using InceptionMl.Networks.Graph;

namespace InceptionMl.Networks.Weights;

/// <summary>Where a network's weights come from: a file read by name, or an initializer that makes them up.</summary>
public interface IWeights
{
    /// <summary>Gets the values of one parameter.</summary>
    /// <param name="parameter">A parameter of a network.</param>
    /// <returns>Exactly <see cref="Parameter.Count"/> values, outermost dimension first.</returns>
    /// <exception cref="WeightException">There are none of this name, or they have another shape.</exception>
    public ReadOnlyMemory<float> Values(Parameter parameter);
}

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
