using System.Text.Json.Serialization;

namespace InceptionMl.Training;

/// <summary>Specifies the trainer that fits the head.</summary>
public enum HeadKind
{
    /// <summary>Multinomial logistic regression by L-BFGS.</summary>
    [JsonStringEnumMemberName("lbfgs")]
    Lbfgs,

    /// <summary>ML.NET's SdcaMaximumEntropy on one thread.</summary>
    [JsonStringEnumMemberName("sdca")]
    Sdca,
}
