namespace InceptionMl.Training.Heads;

/// <summary>Which trainer fits the head.</summary>
public enum HeadKind
{
    /// <summary>L-BFGS, and where it is affordable ML.NET's SDCA competes with it on the validation rows.</summary>
    Auto,

    /// <summary>Multinomial logistic regression by L-BFGS.</summary>
    Lbfgs,

    /// <summary>ML.NET's SdcaMaximumEntropy on one thread.</summary>
    Sdca,
}
