namespace InceptionMl.Training.Heads;

/// <summary>Specifies the trainer that fits the head.</summary>
public enum HeadKind
{
    /// <summary>L-BFGS, and ML.NET's SDCA competes with it where it is affordable: in about two seconds a fit, or within the time budget.</summary>
    Auto,

    /// <summary>Multinomial logistic regression by L-BFGS.</summary>
    Lbfgs,

    /// <summary>ML.NET's SdcaMaximumEntropy on one thread.</summary>
    Sdca,
}
