using InceptionMl.Training.Features;

namespace InceptionMl.Training.Training;

/// <summary>Where a training run stands.</summary>
/// <param name="Step">What is being done.</param>
/// <param name="Features">How far the extraction is; zeros before it starts.</param>
public readonly record struct TrainProgress(TrainStep Step, FeatureProgress Features);
