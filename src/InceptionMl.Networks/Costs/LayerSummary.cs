using InceptionMl.Networks.Graph;

namespace InceptionMl.Networks.Costs;

/// <summary>One layer at one image size.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Output">Its output's shape.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="MultiplyAdds">Its multiply-adds for one image.</param>
public sealed record LayerSummary(Layer Layer, TensorShape Output, ParameterCounts Parameters, long MultiplyAdds);
