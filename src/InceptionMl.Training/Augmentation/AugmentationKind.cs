namespace InceptionMl.Training.Augmentation;

/// <summary>Which further views of a training image are trained on.</summary>
public enum AugmentationKind
{
    /// <summary>None: each image as it is.</summary>
    None,

    /// <summary>The mirror image. Not for what has a left and a right: letters, digits, hands, signs.</summary>
    Flip,

    /// <summary>
    /// Several, each a crop of 80 to 100 % of the area with a little stretch, contrast and brightness changed by up to 15 %, every
    /// other one mirrored. Not for what has a left and a right either.
    /// </summary>
    Light,
}
