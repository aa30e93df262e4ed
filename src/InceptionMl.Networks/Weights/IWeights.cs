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
