using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using InceptionMl.Training.Augmentation;

namespace InceptionMl.Training;

/// <summary>
/// Augmented copies of training images, which help where there are few images per class. A copy is decided by the image's content and the
/// copy's number alone. Only training images have them: what is validated, tested and scored is always the image as it is.
/// </summary>
[SchemaRules("""
    {
      "if": { "required": ["views"], "properties": { "views": { "not": { "const": 4 } } } },
      "then": { "required": ["kind"], "properties": { "kind": { "enum": ["light", "quality"] } } }
    }
    """)]
public sealed record AugmentationSettings : IValidatableObject
{
    /// <summary>The largest <see cref="Copies"/>.</summary>
    public const int MaxCopies = 16;

    private const int DefaultCopies = 4;

    /// <summary>Gets which copies.</summary>
    /// <value>The default is <see cref="AugmentationKind.None"/>.</value>
    [Description("none; flip: mirrored left to right; light: mirrored, cropped, scaled and brightened a little; quality: with less detail.")]
    public AugmentationKind Kind { get; init; }

    /// <summary>
    /// Gets how many augmented copies <see cref="AugmentationKind.Light"/> or <see cref="AugmentationKind.Quality"/> adds to each training image, 1 to
    /// <see cref="MaxCopies"/>. Each costs an inference, a cache entry and a row of features in memory.
    /// </summary>
    /// <value>The default is 4.</value>
    [Description("Augmented copies of each training image; only with light and quality.")]
    [Range(1, MaxCopies)]
    [JsonPropertyName("views")]
    public int Copies { get; init; } = DefaultCopies;

    /// <summary>Gets the copies of each training image in all, the image as it is among them.</summary>
    [JsonIgnore]
    public int CopiesPerImage => 1 + AugmentedCopies.Count;

    /// <summary>The copies besides the image as it is.</summary>
    internal IReadOnlyList<AugmentedCopy> AugmentedCopies => Kind switch
    {
        AugmentationKind.Flip => [AugmentedCopy.Mirror],
        AugmentationKind.Light => [.. Enumerable.Range(1, Copies).Select(AugmentedCopy.Light)],
        AugmentationKind.Quality => [.. Enumerable.Range(1, Copies).Select(AugmentedCopy.Quality)],
        _ => [],
    };

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        if (Copies != DefaultCopies && Kind is not (AugmentationKind.Light or AugmentationKind.Quality))
        {
            yield return new ValidationResult("\"views\" counts those of \"light\" and \"quality\": set \"kind\" to one of them, or leave \"views\" out", ["views"]);
        }
    }
}
