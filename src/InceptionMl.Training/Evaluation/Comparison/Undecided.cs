using System.Text.Json.Serialization;

namespace InceptionMl.Training.Evaluation.Comparison;

/// <summary>What to do where a comparison neither clears the margin nor shows a loss.</summary>
public enum Undecided
{
    /// <summary>Promote if the mean difference is at most half the margin.</summary>
    [JsonStringEnumMemberName("estimate")]
    Estimate,

    /// <summary>Promote.</summary>
    [JsonStringEnumMemberName("promote")]
    Promote,

    /// <summary>Keep the champion.</summary>
    [JsonStringEnumMemberName("keep")]
    Keep,
}
