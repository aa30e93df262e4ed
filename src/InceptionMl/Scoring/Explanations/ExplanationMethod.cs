namespace InceptionMl.Scoring.Explanations;

/// <summary>How an explanation was found.</summary>
public enum ExplanationMethod
{
    /// <summary>
    /// Class activation mapping (Zhou et al. 2016), exact for a linear head over average-pooled features: a position's value is what
    /// it contributes to the logit. The mean over all positions, plus the bias, is the logit.
    /// </summary>
    ClassActivationMap,

    /// <summary>
    /// Occlusion (Zeiler and Fergus 2014), for a backbone that offers no feature map or pools otherwise: a position's value is how
    /// far the logit drops when a grey patch covers it.
    /// </summary>
    Occlusion,
}
