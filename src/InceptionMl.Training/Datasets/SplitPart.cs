using System.Text.Json.Serialization;

namespace InceptionMl.Training.Datasets;

/// <summary>The part of a dataset that an image belongs to.</summary>
public enum SplitPart
{
    /// <summary>The images that the head is fitted on.</summary>
    [JsonStringEnumMemberName("train")]
    Train,

    /// <summary>The images that hyperparameters such as the regularization are chosen on.</summary>
    [JsonStringEnumMemberName("validation")]
    Validation,

    /// <summary>The images that the reported metrics are measured on.</summary>
    [JsonStringEnumMemberName("test")]
    Test,
}
