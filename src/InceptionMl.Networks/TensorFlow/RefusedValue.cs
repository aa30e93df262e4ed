using InceptionMl.Networks.Weights;

namespace InceptionMl.Networks.TensorFlow;

/// <summary>An output that cannot be converted, which matters only where something asked for needs it.</summary>
internal sealed record RefusedValue(WeightException Reason, bool Networked) : GraphValue(Networked);
