namespace InceptionMl.Networks.Graph;

/// <summary>What one cell of a paper's table stands for: the layers that follow each convolution throughout a network.</summary>
/// <param name="BatchNormalization">
/// True: convolution without bias, batch normalization, ReLU. False: convolution with bias, ReLU.
/// </param>
/// <param name="Epsilon">Added to the variance before its root is taken.</param>
/// <param name="Gamma">Whether batch normalization scales: torchvision and timm do, Keras' and TF-slim's Inception do not.</param>
public sealed record ConvolutionUnit(bool BatchNormalization, float Epsilon, bool Gamma)
{
    /// <summary>Gets a convolution with bias, ReLU: GoogLeNet as it was published, before batch normalization.</summary>
    public static ConvolutionUnit Biased { get; } = new(false, 0, false);

    /// <summary>Convolution, batch normalization with epsilon 0.001, ReLU.</summary>
    /// <param name="gamma">Whether batch normalization scales.</param>
    public static ConvolutionUnit BatchNormalized(bool gamma) => new(true, 1e-3f, gamma);
}
