using System.Drawing;
using System.Globalization;
using InceptionMl.Images;

namespace InceptionMl.Backbones;

/// <summary>How a backbone is opened.</summary>
/// <example><code>
/// Backbone backbone = Backbone.Open("network.onnx", new BackboneOptions { Features = FeatureSelection.Last });
/// </code></example>
public sealed class BackboneOptions
{
    /// <summary>The form of an input size in text, as a regular expression: WIDTHxHEIGHT, or one number for both.</summary>
    public const string InputSizePattern = "[1-9][0-9]{0,3}(x[1-9][0-9]{0,3})?";

    /// <summary>Gets or sets how an ONNX file without a card is fed.</summary>
    /// <value>The default is null: the card beside the file says.</value>
    public BackbonePreprocessing? Preprocessing { get; set; }

    /// <summary>Gets or sets how images are fitted.</summary>
    /// <value>The default is null: as the card says.</value>
    public ResizeMode? Resize { get; set; }

    /// <summary>Gets or sets which outputs of the network are the features.</summary>
    /// <value>The default is <see cref="FeatureSelection.Depths"/>.</value>
    public FeatureSelection Features { get; set; } = FeatureSelection.Depths;

    /// <summary>
    /// Gets or sets the size of the images that the network sees, in pixels, 8 to 4,096. A network that is convolutional up to its
    /// last pool takes others than its card's.
    /// </summary>
    /// <value>The default is null: the card's.</value>
    public Size? InputSize { get; set; }

    /// <summary>Gets or sets the store that names are looked up in.</summary>
    /// <value>The default is null: only the embedded backbone and files are known.</value>
    public BackboneStore? Store { get; set; }

    /// <summary>Gets or sets the networks of packages that names are looked up in, after the store.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<PackagedBackbone> Packaged { get; set; } = [];

    /// <summary>Parses an input size.</summary>
    /// <param name="text">Width and height in pixels with an x between them, or one number for both, each below 10,000.</param>
    /// <exception cref="FormatException">It is neither.</exception>
    public static Size ParseInputSize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] sides = text.Split('x', 'X');
        return sides.Length is 1 or 2 && Array.TrueForAll(sides, side => side.Length is > 0 and < 5 && side.All(char.IsAsciiDigit))
            ? new Size(int.Parse(sides[0], CultureInfo.InvariantCulture), int.Parse(sides[^1], CultureInfo.InvariantCulture))
            : throw new FormatException($"The input size {text} is neither WIDTHxHEIGHT in pixels nor one number for both, for example 299x299 or 299.");
    }
}
