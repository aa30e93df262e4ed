using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using InceptionMl.Models.Internal;
using InceptionMl.Scoring;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Training;

/// <summary>What a model says besides a label: that an image is none of its classes, and which labels may be the true one.</summary>
public sealed record DecisionSettings
{
    /// <summary>
    /// Gets whether the model holds projected features of at most 1,000 of its training images, half a megabyte, and calls images that are far from all of
    /// them <see cref="ScoringOutcome.Unknown"/>. They are derived from the images: pictures cannot be made from them, but an image can be recognized.
    /// </summary>
    /// <value>The default is <see langword="true"/>.</value>
    [Description("The model holds projected features of at most 1,000 of its training images and calls images far from all of them unknown.")]
    public bool Bank { get; init; } = true;

    /// <summary>Gets the share of images of its classes that the model may call unknown, above 0, at most 0.5.</summary>
    /// <value>The default is 0.01.</value>
    [Description("The share of images of its own classes that the model may call unknown.")]
    [Range(0.0, 0.5, MinimumIsExclusive = true)]
    public double FalseAlarms { get; init; } = 0.01;

    /// <summary>
    /// Gets a folder of images that are none of the classes. The distance from which on images are unknown is then the one that tells these and the training
    /// images apart best, whatever <see cref="FalseAlarms"/> says.
    /// </summary>
    /// <value>The default is null: there are none.</value>
    [Description("A folder of images that are none of the classes, or none: they then decide from which distance on an image is unknown.")]
    [DefaultValue("none")]
    [JsonConverter(typeof(OptionalPathConverter))]
    public SettingsPath? Background { get; init; }

    /// <summary>
    /// Gets the share of images, above 0, below 1, whose set of labels is to hold the true one. What sets follow from is kept in the model in any case, so that a
    /// scorer can be asked for another share.
    /// </summary>
    /// <value>The default is null: the model gives sets only when it is asked to.</value>
    [Description("The share of images whose set of labels is to hold the true one; null: sets are given only when asked for.")]
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double? Coverage { get; init; }

    /// <summary>Gets how the labels of a set are chosen.</summary>
    /// <value>The default is <see cref="ConformalMethod.Lac"/>, which gives the smallest sets.</value>
    [Description("How the labels of a set are chosen: lac gives the smallest sets, aps and raps larger ones for images that are hard.")]
    public ConformalMethod Sets { get; init; }
}
