using InceptionMl.Training.Evaluation;

namespace InceptionMl.Training;

/// <summary>Says what the validation figures are worth.</summary>
internal static class ValidationNotes
{
    /// <summary>A sentence; null if nothing was measured.</summary>
    public static string? Create(HeadSearchResult search, ClassificationMetrics validation) => validation.Images == 0
        ? null
        : search switch
        {
            { CrossValidation: { } folds } => FormattableString.Invariant(
                $"out of fold: each training and validation image by a head fitted without its fold, one of {folds.Folds}; the same folds chose the penalty"),
            { RefinedByFolds: true } => "by a head fitted on the training images alone; its penalty was chosen with the validation images and refined by cross-validation over training and validation images",
            _ => "by a head fitted on the training images alone; its penalty was chosen with the validation images",
        };
}
