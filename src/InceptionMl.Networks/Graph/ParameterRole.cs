namespace InceptionMl.Networks.Graph;

/// <summary>What a parameter is to its layer.</summary>
public enum ParameterRole
{
    /// <summary>The kernel of a convolution (output channels, input channels, height, width) or of a dense layer (outputs, inputs).</summary>
    Weight,

    /// <summary>What a convolution or a dense layer adds, one value an output channel.</summary>
    Bias,

    /// <summary>The scale of batch normalization, one value per channel.</summary>
    Gamma,

    /// <summary>The offset of batch normalization, one value per channel.</summary>
    Beta,

    /// <summary>The running mean of batch normalization, one value per channel; not trained by gradient.</summary>
    Mean,

    /// <summary>The running variance of batch normalization, one value per channel; not trained by gradient.</summary>
    Variance,
}
