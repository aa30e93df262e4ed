using System.ComponentModel.DataAnnotations;
using InceptionMl.Images;

namespace InceptionMl.Backbones.Classification;

/// <summary>Options of an <see cref="ImageNetClassifier"/>, which are checked and read once, when it is opened.</summary>
public sealed class ImageNetClassifierOptions
{
    /// <summary>Gets or sets how many classes an image is given, the most probable ones; 1 or more. There are never more than the classifier has.</summary>
    /// <value>The default is 5.</value>
    [Range(1, int.MaxValue)]
    public int Top { get; set; } = 5;

    /// <summary>Gets or sets how many images a batch works on at once; 0 or more.</summary>
    /// <value>The default is 0: one per processor.</value>
    [Range(0, int.MaxValue)]
    public int Workers { get; set; }

    /// <summary>Gets or sets the limits that an image is held against before it is decoded.</summary>
    /// <value>The default is 100 megapixels.</value>
    [Required]
    public ImageLimits Limits { get; set; } = new();
}
