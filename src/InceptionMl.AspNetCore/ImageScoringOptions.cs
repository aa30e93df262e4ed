using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using InceptionMl.Images;
using InceptionMl.Scoring;
using Microsoft.Extensions.Options;
using Microsoft.ML.OnnxRuntime;

namespace InceptionMl.AspNetCore;

/// <summary>Settings of a named scorer. They are checked when the application starts, and an application with a wrong one does not start.</summary>
public sealed class ImageScoringOptions
{
    // Drawing and encoding its picture takes a multiple of scoring it.
    private const int ExplainedCounts = 8;

    private (IModelSource Model, string Description)? source;

    /// <summary>
    /// Gets or sets the model zip to serve. A zip that is replaced is used within <see cref="ReloadInterval"/>. Set this or
    /// <see cref="Registry"/>, in code or in configuration (<c>Scoring:Path</c>), never both.
    /// </summary>
    /// <value>The default is null.</value>
    public string? Path { get; set; }

    /// <summary>
    /// Gets or sets the folder of a registry, whose promoted version is served, and the next one promoted within <see cref="ReloadInterval"/>.
    /// Set this or <see cref="Path"/>, in code or in configuration (<c>Scoring:Registry</c>), never both.
    /// </summary>
    /// <value>The default is null.</value>
    public string? Registry { get; set; }

    /// <summary>Gets or sets the number of images that are scored at the same time.</summary>
    /// <value>The default is 0: one per processor.</value>
    [Range(0, 1024)]
    public int Workers { get; set; }

    /// <summary>Gets or sets the maximum number of images that are accepted and not yet scored. Beyond it the answer is 503. At least <see cref="MaxImages"/>.</summary>
    /// <value>The default is 256.</value>
    [Range(1, 65_536)]
    public int QueueLength { get; set; } = 256;

    /// <summary>
    /// Gets or sets the maximum memory that all requests together hold, in bytes, for what they sent and for images decoded from base64. Beyond it the answer is
    /// 503, but to a request that is alone. At least <see cref="MaxRequestBytes"/>.
    /// </summary>
    /// <value>The default is 512,000,000.</value>
    [Range(1L, 64_000_000_000L)]
    public long MaxHeldBytes { get; set; } = 512_000_000;

    /// <summary>Gets or sets the maximum size of an image file, in bytes.</summary>
    /// <value>The default is 20,000,000.</value>
    [Range(1, 1_000_000_000)]
    public int MaxImageBytes { get; set; } = 20_000_000;

    /// <summary>Gets or sets the maximum size of a request's body, in bytes. The server's own limit is set to it.</summary>
    /// <value>The default is 100,000,000.</value>
    [Range(1, 1_000_000_000)]
    public int MaxRequestBytes { get; set; } = 100_000_000;

    /// <summary>Gets or sets the maximum number of pixels of an image. It is checked against the header before decoding.</summary>
    /// <value>The default is 50,000,000. Decoding one that is not a JPEG takes four bytes per pixel, for each of the workers.</value>
    [Range(1, (int)ImageLimits.HighestMaxPixels)]
    public int MaxPixels { get; set; } = 50_000_000;

    /// <summary>Gets or sets the maximum number of images per request.</summary>
    /// <value>The default is 64.</value>
    [Range(1, 65_536)]
    public int MaxImages { get; set; } = 64;

    /// <summary>
    /// Gets or sets the maximum number of images of a request that asks to explain them; at most an eighth of <see cref="QueueLength"/>, since an explained image takes
    /// as many places of the queue as eight others.
    /// </summary>
    /// <value>The default is 8.</value>
    [Range(1, 65_536)]
    public int MaxExplainedImages { get; set; } = 8;

    /// <summary>Gets or sets the time limit of a request, which includes reading its body. From 1 millisecond to 1 day.</summary>
    /// <value>The default is 30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets the time that an answer 503 asks clients to wait. From 1 second to 1 hour.</summary>
    /// <value>The default is 1 second.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets or sets the interval at which the registry or the zip is checked for a new version. From 10 milliseconds to 1 day.</summary>
    /// <value>The default is 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan ReloadInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Gets or sets the probability, 0 to 1, below which the best label is not good enough: the outcome of such an image is "uncertain".
    /// </summary>
    /// <value>The default is null: every answer is accepted.</value>
    [Range(0f, 1f)]
    public float? AbstainBelow { get; set; }

    /// <summary>
    /// Gets or sets the share of images, above 0, below 1, whose set of labels is to hold the true one; answers then have "set". The model must hold what that
    /// takes.
    /// </summary>
    /// <value>The default is null: as the model says, which may be none.</value>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double? Coverage { get; set; }

    /// <summary>
    /// Gets or sets a key that requests must carry in <c>X-Api-Key</c> or as <c>Authorization: Bearer</c>: 8 to 256 visible ASCII characters.
    /// Keep it in the application's secrets, not in its settings file.
    /// </summary>
    /// <value>The default is null: no key is required.</value>
    [RegularExpression("[!-~]{8,256}", ErrorMessage = "ApiKey has 8 to 256 visible ASCII characters and no space.")]
    public string? ApiKey { get; set; }

    /// <summary>
    /// Gets or sets the folder where images are kept whose label people corrected on the page, one folder per label, to train on: a label is one
    /// of the model's or a new one that can be a folder's name, a file's name is its content's hash. Nothing else is ever kept.
    /// </summary>
    /// <value>The default is null: corrections are not accepted.</value>
    public string? CollectFolder { get; set; }

    /// <summary>Gets or sets the maximum size of <see cref="CollectFolder"/>, in bytes. No more corrections are accepted then.</summary>
    /// <value>The default is 1,000,000,000.</value>
    [Range(1L, 1_000_000_000_000L)]
    public long MaxCollectedBytes { get; set; } = 1_000_000_000;

    /// <summary>Gets or sets a function that is called with the ONNX session's options before a model is loaded; see <see cref="ImageScorerOptions.ConfigureSession"/>.</summary>
    /// <value>The default is null.</value>
    public Action<SessionOptions>? ConfigureSession { get; set; }

    internal int PlacesOfExplained => Math.Min(ExplainedCounts, QueueLength);

    internal int MostExplained => Math.Min(MaxExplainedImages, QueueLength / PlacesOfExplained);

    internal ImageLimits ToImageLimits() => new() { MaxPixels = MaxPixels, MaxFileBytes = MaxImageBytes };

    /// <summary>How long a body that has begun to come is read on when the application stops.</summary>
    internal TimeSpan ReadingAfterStop { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Where the model is, for messages.</summary>
    internal string Description => source?.Description ?? (IsGiven(Path) ? Path : Registry) ?? string.Empty;

    /// <summary>How many places a model is given in; one is right.</summary>
    internal int Sources => (source is null ? 0 : 1) + (IsGiven(Path) ? 1 : 0) + (IsGiven(Registry) ? 1 : 0);

    /// <summary>Scores an image with a model that a request has acquired; a test puts a gate before it.</summary>
    internal Func<ImageScorer, ReadOnlyMemory<byte>, CancellationToken, ScoredImage> Score { get; set; } =
        static (scorer, image, cancellationToken) => scorer.Score(image, cancellationToken);

    /// <summary>
    /// Serves one model zip: sets <see cref="Path"/>. Its version is the first 12 hexadecimal digits of its SHA-256, and a zip that is put in its
    /// place is used within <see cref="ReloadInterval"/>.
    /// </summary>
    /// <param name="path">The zip written by training.</param>
    public void FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        (source, Path, Registry) = (null, path, null);
    }

    /// <summary>Serves the promoted version of a registry, and the next one promoted within <see cref="ReloadInterval"/>: sets <see cref="Registry"/>.</summary>
    /// <param name="folder">The registry's folder.</param>
    public void FromRegistry(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        (source, Path, Registry) = (null, null, folder);
    }

    /// <summary>Serves what a deployment of your own names, asked every <see cref="ReloadInterval"/>.</summary>
    /// <param name="source">Names the model to serve.</param>
    /// <param name="description">Where that is, for messages.</param>
    public void FromSource(IModelSource source, string description)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentException.ThrowIfNullOrEmpty(description);
        (this.source, Path, Registry) = ((source, description), null, null);
    }

    /// <summary>The one source of the model.</summary>
    internal IModelSource OpenSource() => source?.Model ?? (IsGiven(Path) ? new ModelFile(Path) : new RegistryModel(Registry!));

    private static bool IsGiven([NotNullWhen(true)] string? text) => !string.IsNullOrWhiteSpace(text);

    internal ReloadingOptions ForModel(IProgress<ModelReload> progress) => new()
    {
        PollInterval = ReloadInterval,
        Progress = progress,
        Scorer = new ImageScorerOptions
        {
            Workers = Workers,
            AbstainBelow = AbstainBelow,
            Coverage = Coverage,
            Limits = ToImageLimits(),
            ConfigureSession = ConfigureSession,
        },
    };
}

/// <summary>What several settings of <see cref="ImageScoringOptions"/> must be together.</summary>
internal sealed class ImageScoringLimitsValidator : IValidateOptions<ImageScoringOptions>
{
    public ValidateOptionsResult Validate(string? name, ImageScoringOptions options)
    {
        string[] failures =
        [
            .. Check(options.Sources > 0, $"The scorer '{name}' has no model: call FromFile or FromRegistry in AddImageScorer, or set Path or Registry in its configuration."),
            .. Check(options.Sources < 2, $"The scorer '{name}' is given more than one model: set Path or Registry, in code or in its configuration, and not both."),
            .. Check(options.QueueLength >= options.MaxImages, $"{name}.QueueLength is less than MaxImages: no full request could be answered."),
            .. Check(options.MaxHeldBytes >= options.MaxRequestBytes, $"{name}.MaxHeldBytes is less than MaxRequestBytes: no full request could be read."),
            .. Check(options.MaxRequestBytes >= options.MaxImageBytes, $"{name}.MaxRequestBytes is less than MaxImageBytes: no full image could be sent."),
        ];
        return failures.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Check(bool holds, string otherwise) => holds ? [] : [otherwise];
}

/// <summary>The ranges that <see cref="ImageScoringOptions"/> states.</summary>
[OptionsValidator]
internal sealed partial class ImageScoringOptionsValidator : IValidateOptions<ImageScoringOptions>;
