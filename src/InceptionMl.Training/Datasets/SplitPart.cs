namespace InceptionMl.Training.Datasets;

/// <summary>The part of a dataset that an image belongs to.</summary>
public enum SplitPart
{
    /// <summary>The head is fitted on it.</summary>
    Train,

    /// <summary>Choices such as the strength of regularization are made on it.</summary>
    Validation,

    /// <summary>Looked at once, for the numbers that are reported.</summary>
    Test,
}
