using System.Diagnostics.CodeAnalysis;
using InceptionMl.Images;
using InceptionMl.Inference.Internal;
using InceptionMl.Internal;
using InceptionMl.Models;
using InceptionMl.Models.Internal;
using InceptionMl.Scoring;
using InceptionMl.Scoring.Internal;

namespace InceptionMl.Backbones.Classification;

/// <summary>
/// Tells the classes a backbone was published with, most often ImageNet's thousand, by the classifier that came with its weights.
/// Open it once, use it from any number of threads at once, dispose it when done.
/// </summary>
public sealed class ImageNetClassifier : IDisposable
{
    private const string WithItsClassifier = "inception-v3";

    private readonly ImageInference inference;
    private readonly IReadOnlyList<ImageClass> classes;
    private readonly int background;
    private readonly int top;

    private ImageNetClassifier(BackboneCard card, ImageInference inference, IReadOnlyList<ImageClass> classes, int background, int top)
    {
        Card = card;
        this.inference = inference;
        this.classes = classes;
        this.background = background;
        this.top = Math.Min(top, classes.Count);
    }

    /// <summary>Gets what the backbone is.</summary>
    public BackboneCard Card { get; }

    /// <summary>Gets the classes told, in their order, without a background class.</summary>
    public IReadOnlyList<ImageClass> Classes => classes;

    /// <summary>Opens a backbone's classifier under the names that a store keeps for ImageNet.</summary>
    /// <param name="onnxPath">The backbone's ONNX file with its card beside it: <see cref="StoredBackbone.OnnxPath"/>, or any other.</param>
    /// <param name="index">ImageNet's class index; read only where the backbone turns out to have a classifier.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="BackboneException">
    /// The backbone cannot be used or came without a classifier, the index is not there or not as it was, or the classifier has other
    /// classes than ImageNet's; the message says what to do.
    /// </exception>
    public static async Task<ImageNetClassifier> OpenAsync(
        string onnxPath, ClassIndexFile index, ImageNetClassifierOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(index);
        Backbone backbone = WithClassifier(onnxPath);
        return Open(backbone, await index.ReadAsync(cancellationToken).ConfigureAwait(false), options);
    }

    /// <summary>Opens a backbone's classifier under given names.</summary>
    /// <param name="onnxPath">The backbone's ONNX file with its card beside it: <see cref="StoredBackbone.OnnxPath"/>, or any other.</param>
    /// <param name="names">
    /// A name for every class in the order of the classifier, with or without the background: <see cref="ClassNameFile.Read"/>.
    /// </param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <exception cref="BackboneException">
    /// The backbone cannot be used, came without a classifier, or has another number of classes; the message says what to do.
    /// </exception>
    public static ImageNetClassifier Open(string onnxPath, IReadOnlyList<ImageClass> names, ImageNetClassifierOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(names);
        return Open(WithClassifier(onnxPath), names, options);
    }

    /// <summary>Classifies an image file.</summary>
    /// <param name="path">The file; its content decides what it is, not its extension.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It is checked before each step.</param>
    /// <returns>The most probable classes, best first; of equals, the first in the order of the classes.</returns>
    /// <exception cref="ImageRefusedException">The message names the file and the reason.</exception>
    /// <exception cref="BackboneException">The network gives no numbers.</exception>
    /// <exception cref="ModelFormatException">ONNX Runtime fails on the network.</exception>
    public IReadOnlyList<ClassScore> Classify(string path, CancellationToken cancellationToken = default) =>
        Classify(ImageSource.FromFile(path), cancellationToken);

    /// <summary>Classifies an encoded image in memory.</summary>
    /// <param name="image">The bytes of a JPEG, PNG, WebP, BMP or GIF file.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It is checked before each step.</param>
    /// <inheritdoc cref="Classify(string, CancellationToken)"/>
    public IReadOnlyList<ClassScore> Classify(ReadOnlyMemory<byte> image, CancellationToken cancellationToken = default) =>
        Classify(ImageSource.FromBytes(image), cancellationToken);

    /// <summary>
    /// Classifies many images on all workers, in order and in bounded memory. An image that cannot be read becomes a result with an
    /// error; the others go on.
    /// </summary>
    /// <param name="images">Read as fast as they are classified and no faster.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops between images.</param>
    /// <returns>One result per image, in the order of <paramref name="images"/>.</returns>
    /// <exception cref="BackboneException">The network gives no numbers.</exception>
    /// <exception cref="ModelFormatException">ONNX Runtime fails on the network.</exception>
    public IAsyncEnumerable<ClassifiedImage> ClassifyAsync(IEnumerable<ImageSource> images, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        return inference.RunAllAsync(images, Read, (name, scores, error) => new ClassifiedImage(name, scores, error), cancellationToken);
    }

    /// <summary>Refuses new calls and releases the network when the last call under way is over.</summary>
    public void Dispose() => inference.Dispose();

    private static Backbone WithClassifier(string onnxPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(onnxPath);
        Backbone backbone = Backbone.OpenWithLogits(onnxPath);
        return backbone.Card.Outputs.Logits is not null
            ? backbone
            : throw new BackboneException(
                $"The backbone {backbone.Card.Name} has no classifier: take weights that come with theirs, such as {WithItsClassifier}")
            {
                Reason = BackboneErrorReason.NoClassifier,
                PublishedName = WithItsClassifier,
                Path = onnxPath,
            };
    }

    private static ImageNetClassifier Open(Backbone backbone, IReadOnlyList<ImageClass> names, ImageNetClassifierOptions? options)
    {
        options = OptionsCheck.Validated(options);
        BackboneLogits logits = backbone.Card.Outputs.Logits!;
        int own = logits.Classes - logits.Background;
        if (names.Count != own && names.Count != logits.Classes)
        {
            throw new BackboneException(FormattableString.Invariant(
                $"The backbone {backbone.Card.Name} tells {own} classes and {names.Count} names are given: give a file with a line for each of its own"))
            {
                Reason = BackboneErrorReason.ClassNames,
            };
        }

        FeatureNetwork network = FeatureNetwork.Open(backbone.Network, backbone.Subject, logits.Classes, configure: null, output: "logits");
        ImageInference inference = new(network, backbone.Preprocessing, options.Limits, options.Workers);
        return new ImageNetClassifier(backbone.Card, inference, [.. names.Skip(names.Count - own)], logits.Background, options.Top);
    }

    private IReadOnlyList<ClassScore> Classify(ImageSource image, CancellationToken cancellationToken) => inference.Run(image, Read, cancellationToken);

    private IReadOnlyList<ClassScore> Read(ReadOnlySpan<float> logits)
    {
        float[] probabilities = logits[background..].ToArray();
        if (!Array.TrueForAll(probabilities, float.IsFinite))
        {
            throw new BackboneException($"The backbone {Card.Name} gives scores that are not finite numbers: check the offset and scale it is fed with");
        }

        Softmax.InPlace(probabilities);
        return [.. Enumerable.Range(0, probabilities.Length)
            .OrderByDescending(index => probabilities[index])
            .Take(top)
            .Select(index => new ClassScore(index, classes[index].Name, classes[index].WordNetId, probabilities[index]))];
    }
}

/// <summary>One class's share of an image.</summary>
/// <param name="Index">The class's place, from 0; a background class is not counted, so that ImageNet's are Keras's.</param>
/// <param name="Label">Its name.</param>
/// <param name="WordNetId">Its WordNet id; null if it is not known.</param>
/// <param name="Probability">0 to 1; those of all classes but the background sum to 1.</param>
public sealed record ClassScore(int Index, string Label, string? WordNetId, float Probability);

/// <summary>The outcome of one image in a batch: its most probable classes, or what is wrong with the image.</summary>
/// <param name="Name">The image's name as it was given.</param>
/// <param name="Top">The most probable classes, best first; null if there is an error.</param>
/// <param name="Error">What is wrong, as a fragment that follows the name; null if there are classes.</param>
public sealed record ClassifiedImage(string Name, IReadOnlyList<ClassScore>? Top, string? Error)
{
    /// <summary>Gets a value that indicates whether the image was classified.</summary>
    [MemberNotNullWhen(true, nameof(Top))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Top is not null;
}
