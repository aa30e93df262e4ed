namespace InceptionMl.Networks.Architectures;

/// <summary>Whose published weights a network is built for, where the two great houses differ on one architecture.</summary>
public enum WeightOrigin
{
    /// <summary>
    /// Keras and TensorFlow: average pools leave the padding out of the mean, and batch normalization has no gamma.
    /// </summary>
    Keras,

    /// <summary>torchvision: average pools count the padding's zeros, and batch normalization has a gamma.</summary>
    Torchvision,
}
