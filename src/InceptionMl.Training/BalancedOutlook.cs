using InceptionMl.Training.Evaluation;

namespace InceptionMl.Training;

/// <summary>What the same training gives where <see cref="ClassWeightSettings.Balanced"/> is set: a head that was really searched and fitted so.</summary>
/// <param name="Validation">The metrics of <see cref="TrainResult.Validation"/>.</param>
/// <param name="Test">The metrics of <see cref="TrainResult.Test"/>.</param>
public sealed record BalancedOutlook(ClassificationMetrics Validation, ClassificationMetrics Test);
