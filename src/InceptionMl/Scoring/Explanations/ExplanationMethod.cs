using System.Text.Json.Serialization;

namespace InceptionMl.Scoring.Explanations;

/// <summary>How an explanation was found. In JSON it is told in words.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ExplanationMethod>))]
public enum ExplanationMethod
{
    /// <summary>
    /// Class activation mapping (Zhou et al. 2016), exact for a linear head over pooled features: a position's value is what
    /// it contributes to the logit. The mean over all positions, plus the bias, is the logit.
    /// </summary>
    [JsonStringEnumMemberName("class activation map")]
    ClassActivationMap,

    /// <summary>
    /// Occlusion (Zeiler and Fergus 2014), for a backbone that offers no feature map or pools otherwise: a position's value is how
    /// far the logit drops when a gray patch covers it.
    /// </summary>
    [JsonStringEnumMemberName("occlusion")]
    Occlusion,
}
