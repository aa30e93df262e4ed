namespace InceptionMl.Training.Pipelines;

/// <summary>How training images are varied.</summary>
public enum AugmentationKind
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Mirrored left to right.</summary>
    Flip,

    /// <summary>Mirrored, and cropped, scaled and brightened a little.</summary>
    Light,
}
