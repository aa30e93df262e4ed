using System.Text.Json.Serialization;

namespace InceptionMl.Scoring;

/// <summary>Whether a model stands by its answer. In JSON it is a word.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ScoringOutcome>))]
public enum ScoringOutcome
{
    /// <summary>The most probable label is at least as probable as was asked for.</summary>
    [JsonStringEnumMemberName("accepted")]
    Accepted,

    /// <summary>It is less probable than <see cref="ImageScorerOptions.AbstainBelow"/>: better asked of a person.</summary>
    [JsonStringEnumMemberName("uncertain")]
    Uncertain,

    /// <summary>The image is farther from the model's training images than those are from each other: it is likely none of the model's classes.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown,
}
