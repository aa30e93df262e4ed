using System.Text.Json;
using InceptionMl.Images;
using InceptionMl.Internal;
using InceptionMl.Models.Internal;

namespace InceptionMl.Models;

/// <summary>
/// What a model is, what it was made from and how good it was: written inside the model zip and beside it as MODEL.json. The
/// scorer reads all it needs from here; nothing else in the zip is interpreted.
/// </summary>
public sealed record ModelCard
{
    /// <summary>The format this version of the library writes, and the newest it reads.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>What <see cref="Kind"/> says in every card.</summary>
    public const string ImageClassifier = "inceptionml/image-classifier";

    /// <summary>Most classes a model may have.</summary>
    public const int MaxClasses = 100_000;

    /// <summary>Most candidates of a search that a card lists.</summary>
    public const int MaxCandidates = 64;

    /// <summary>Gets the kind of the model. It is always <see cref="ImageClassifier"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Gets the version of this card's layout.</summary>
    public required int FormatVersion { get; init; }

    /// <summary>Gets when the model was made, in UTC.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Gets the class names, in the order of the head's outputs.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Gets the calibration temperature that divides the logits; 1 where the model is not calibrated.</summary>
    public required double Temperature { get; init; }

    /// <summary>Gets how images are prepared before the network.</summary>
    public required ModelPreprocessing Preprocessing { get; init; }

    /// <summary>Gets where in the zip the network is.</summary>
    public required ModelNetwork Network { get; init; }

    /// <summary>Gets the backbone the features come from.</summary>
    public required BackboneCard Backbone { get; init; }

    /// <summary>Gets the classifier head.</summary>
    public required ModelHead Head { get; init; }

    /// <summary>Gets the augmentation of the training images. Scoring uses images as they are.</summary>
    public ModelAugmentation? Augmentation { get; init; }

    /// <summary>Gets the images the model was made from.</summary>
    public ModelData? Data { get; init; }

    /// <summary>Gets how good it was on the validation and test images.</summary>
    public ModelMetrics? Metrics { get; init; }

    /// <summary>Gets from which distance to its training images on the model calls an image none of its classes; null where it never does.</summary>
    public ModelUnknown? Unknown { get; init; }

    /// <summary>Gets the temperature that is in the head's weights; <see cref="Temperature"/> is what remains to be done. Null where none was looked for.</summary>
    public ModelCalibration? Calibration { get; init; }

    /// <summary>Gets which sets of labels the model gives; null where it can give none.</summary>
    public ModelSets? Sets { get; init; }

    /// <summary>Gets the heads that were tried, in order; at most <see cref="MaxCandidates"/>.</summary>
    public IReadOnlyList<ModelCandidate>? Search { get; init; }

    /// <summary>Gets the backbones that were compared before one was chosen; null where none were.</summary>
    public IReadOnlyList<ComparedBackbone>? Compared { get; init; }

    /// <summary>Gets the versions of what made it, by name.</summary>
    public IReadOnlyDictionary<string, string>? Versions { get; init; }

    /// <summary>Gets the seconds each step took, by name.</summary>
    public IReadOnlyDictionary<string, double>? Seconds { get; init; }

    /// <summary>Gets the seed of the run.</summary>
    public long Seed { get; init; }

    /// <summary>
    /// Gets the settings of the run as its pipeline file says them; images and an ONNX file are named without their folders, and registry
    /// and cache are left out.
    /// </summary>
    /// <value>The default is null: the model was made by a version that did not record them.</value>
    public JsonElement? Settings { get; init; }

    /// <summary>Gets how any ML.NET program feeds the zip, in a sentence.</summary>
    public string? MlNetInput { get; init; }

    /// <summary>Reads a card and checks every value the scorer relies on.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <exception cref="ModelFormatException">It is no card, or one of a newer format.</exception>
    public static ModelCard Parse(ReadOnlySpan<byte> json) => Parse(json, new Subject("The model"));

    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="subject">What a message is about.</param>
    /// <inheritdoc cref="Parse(ReadOnlySpan{byte})"/>
    internal static ModelCard Parse(ReadOnlySpan<byte> json, Subject subject)
    {
        int version = ReadFormatVersion(json, subject);
        if (version > CurrentFormatVersion)
        {
            throw subject.Refuse(
                FormattableString.Invariant($"was saved in format {version}, newer than the {CurrentFormatVersion} this version reads: update InceptionMl"),
                ModelErrorReason.NewerFormat);
        }

        ModelCard? card;
        try
        {
            card = JsonSerializer.Deserialize(json, CardJson.Default.ModelCard);
        }
        catch (JsonException exception)
        {
            throw Damaged(subject, CardJson.Explain(exception), exception);
        }

        card?.Validate(subject);
        return card ?? throw Damaged(subject, "it is null");
    }

    /// <summary>The card as indented UTF-8 JSON.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, CardJson.Default.ModelCard);

    private static int ReadFormatVersion(ReadOnlySpan<byte> json, Subject subject)
    {
        try
        {
            Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = 32 });
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            JsonElement root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object
                && root.TryGetProperty("kind", out JsonElement kind) && kind.ValueKind == JsonValueKind.String && kind.ValueEquals(ImageClassifier)
                && root.TryGetProperty("formatVersion", out JsonElement version)
                && version.ValueKind == JsonValueKind.Number && version.TryGetInt32(out int number) && number > 0)
            {
                return number;
            }
        }
        catch (JsonException exception)
        {
            throw Damaged(subject, CardJson.Explain(exception), exception);
        }

        throw subject.Refuse("holds a model card of another kind: it is no image classifier of InceptionMl");
    }

    private void Validate(Subject subject)
    {
        Require(Classes is { Count: >= 2 and <= MaxClasses }, $"classes must be from 2 to {MaxClasses}");
        Require(Classes!.All(c => !string.IsNullOrEmpty(c)), "a class has no name");
        Require(Classes!.Distinct(StringComparer.Ordinal).Count() == Classes!.Count, "two classes have the same name");
        Require(double.IsFinite(Temperature) && Temperature > 0, "temperature must be above 0");
        Require(Preprocessing is { Width: >= 8 and <= ImagePreprocessing.MaxSide, Height: >= 8 and <= ImagePreprocessing.MaxSide }, "preprocessing sizes are out of range");
        Require(Network is not null && !string.IsNullOrEmpty(Network.Entry), "network.entry is missing");
        Require(Head is not null && !string.IsNullOrEmpty(Head.Entry), "head.entry is missing");
        Require(Backbone is not null, "backbone is missing");
        Backbone!.Validate(subject);

        void Require(bool holds, string problem)
        {
            if (!holds)
            {
                throw Damaged(subject, problem);
            }
        }
    }

    private static ModelFormatException Damaged(Subject subject, string problem, Exception? cause = null) =>
        subject.Refuse($"holds a damaged model card: {problem}", ModelErrorReason.Damaged, cause);
}
