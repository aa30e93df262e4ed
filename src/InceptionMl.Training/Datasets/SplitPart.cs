namespace InceptionMl.Training.Datasets;

/// <summary>The part of a dataset that an image belongs to.</summary>
public enum SplitPart
{
    /// <summary>The images that the head is fitted on.</summary>
    Train,

    /// <summary>The images that hyperparameters such as the regularization are chosen on.</summary>
    Validation,

    /// <summary>The images that the reported metrics are measured on.</summary>
    Test,
}
