using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using InceptionMl.Backbones;
using InceptionMl.Images;
using InceptionMl.Internal;
using InceptionMl.Models.Registry.Internal;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Training;

/// <summary>
/// All that a training run depends on and that is worth keeping. The trainer takes it, a pipeline file is its JSON, the model's card
/// embeds it, and the generated training code prints it.
/// </summary>
/// <example><code>
/// TrainingSettings settings = new() { Data = ["pictures"], Cache = "cache", Heads = new HeadSettings { TimeBudgetSeconds = 60 } };
/// TrainResult result = await new ImageTrainer(settings).TrainAsync("model.zip");
/// PipelineFile.Write(settings, "pipelines/pictures.json");
/// </code></example>
public sealed record TrainingSettings : IValidatableObject
{
    private const int MaxSources = 1000;

    /// <summary>Gets the folders and manifests of images; a path alone will do for each.</summary>
    /// <value>The default is none, with which nothing can be trained.</value>
    [Description("Where the images are: folders (a folder per label, or train/, validation/ and test/) and CSV or TSV manifests.")]
    [Required(ErrorMessage = "it lists where the images are, as in \"data\": [{ \"path\": \"../pictures\" }]")]
    [Length(1, MaxSources)]
    public IReadOnlyList<DatasetSource> Data { get; init => field = ValueList.Copy(value); } = ValueList<DatasetSource>.Empty;

    /// <summary>Gets how images are divided.</summary>
    /// <value>The default is a tenth of each class for the test and a tenth for validation.</value>
    [Description("How images are divided where they are not given in parts. validation + test stay below 1.")]
    public SplitSettings Split { get; init; } = new();

    /// <summary>Gets the backbone.</summary>
    /// <value>The default is the embedded one.</value>
    [Description("The network whose features are learned on: a name, or the path of an .onnx file with its card beside it.")]
    public BackboneSettings Backbone { get; init; } = new();

    /// <summary>Gets how images are prepared.</summary>
    /// <value>The default is as the backbone's card says.</value>
    [Description("How images are prepared.")]
    public PreprocessingSettings Preprocessing { get; init; } = new();

    /// <summary>Gets the augmented copies of the training images.</summary>
    /// <value>The default is none.</value>
    [Description("Augmented copies of training images, for small sets; validation and test images have none.")]
    public AugmentationSettings Augmentation { get; init; } = new();

    /// <summary>Gets which heads compete, and their search.</summary>
    /// <value>The default is both kinds over the powers of ten.</value>
    [Description("The classifier on top of the features, and its search.")]
    public HeadSettings Heads { get; init; } = new();

    /// <summary>Gets how much each class counts.</summary>
    /// <value>The default is by its images.</value>
    [Description("none: every image counts 1; weights: every class counts alike; or what an image of each label counts, 1 where it is left out.")]
    public ClassWeightSettings ClassWeights { get; init; } = new();

    /// <summary>Gets what the model says besides a label.</summary>
    /// <value>The default calls 1 % of images of its own classes unknown.</value>
    [Description("What the model says besides a label: that an image is none of its classes, and which labels may be the true one.")]
    public DecisionSettings Decisions { get; init; } = new();

    /// <summary>Gets when a retrained model takes the champion's place.</summary>
    /// <value>The default is all rules.</value>
    [Description("When a new model replaces the champion, both measured on the same test images. null or false switches a rule off.")]
    public AcceptanceSettings Acceptance { get; init; } = new();

    /// <summary>Gets the folder of the model registry, which retraining needs.</summary>
    /// <value>The default is null: none. A pipeline file without it means <c>../artifacts/NAME</c>, where NAME is the file's.</value>
    [Description("The folder that keeps the versions of the model. The default ends in the name of this file.")]
    [DefaultValue("../artifacts/pipeline")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SettingsPath? Registry { get; init; }

    /// <summary>Gets the folder of the feature cache.</summary>
    /// <value>The default is null: no cache. A pipeline file without it means <c>../artifacts/cache</c>.</value>
    [Description("The folder that keeps features between runs, or none.")]
    [DefaultValue("../artifacts/cache")]
    [JsonConverter(typeof(OptionalPathConverter))]
    public SettingsPath? Cache { get; init; }

    /// <summary>Gets the seed of all that is random; it never moves an image between parts.</summary>
    /// <value>The default is 1.</value>
    [Description("Seed of all that is random; it never moves an image between parts.")]
    public int Seed { get; init; } = 1;

    /// <summary>Gets which reports are written.</summary>
    /// <value>The default is all.</value>
    [Description("Which reports are written.")]
    public ReportSettings Reports { get; init; } = new();

    /// <summary>
    /// Gets entries of an application's own, such as the limit of its acceptance rule. Their keys start with <c>x-</c>; a value is any JSON.
    /// Files, cards and generated code keep them, and training passes over them.
    /// </summary>
    /// <value>The default is none.</value>
    [JsonIgnore]
    public IReadOnlyDictionary<string, JsonElement> Extensions { get; init => field = new SettingExtensions(value); } = new SettingExtensions([]);

    /// <summary>Opens the images.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="DatasetException">They cannot be read or cannot be trained on.</exception>
    internal ImageDataset OpenDataset(CancellationToken cancellationToken = default) =>
        ImageDataset.Open(Data, new DatasetOptions { Grouping = Split.GroupBy }, cancellationToken);

    /// <summary>Opens the backbone.</summary>
    /// <param name="store">Where a backbone given by its name is looked for; null knows the embedded one alone.</param>
    /// <param name="packaged">The networks of packages that its name may be one of; null for none.</param>
    /// <exception cref="BackboneException">It is not there or cannot be used.</exception>
    public Backbone OpenBackbone(BackboneStore? store = null, IReadOnlyList<PackagedBackbone>? packaged = null) =>
        InceptionMl.Backbones.Backbone.Open(Backbone.Model.ToString(), new BackboneOptions
        {
            Preprocessing = Backbone.Preprocessing,
            Resize = Preprocessing.Resize,
            Features = FeatureSelection.Parse(Backbone.Features),
            InputSize = Backbone.InputSize is { } size ? BackboneOptions.ParseInputSize(size) : null,
            Store = store,
            Packaged = packaged ?? [],
        });

    /// <summary>Checks every value, and that what a run writes does not come among its images.</summary>
    /// <exception cref="PipelineException">The message names the setting and says what is wrong.</exception>
    public void Validate() => SettingsReader.Validate(this);

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        if (Extensions.Keys.FirstOrDefault(key => !SettingExtensions.IsKey(key)) is { } stranger)
        {
            yield return new ValidationResult($"{QuotedText.Quote(stranger)} is among the extensions: the key of an extension starts with \"x-\"", []);
        }

        Dictionary<string, SettingsPath> places = new(RealPath.Comparer);
        for (int i = 0; i < Data.Count; i++)
        {
            if (!places.TryAdd(Data[i].Path.Real, Data[i].Path))
            {
                SettingsPath same = places[Data[i].Path.Real];
                yield return new ValidationResult(
                    same.Full == Data[i].Path.Full
                        ? $"{QuotedText.Quote(Data[i].Path.Written)} is listed twice: keep one of them"
                        : $"{QuotedText.Quote(Data[i].Path.Written)} leads to the same place as {QuotedText.Quote(same.Written)}: keep one of them",
                    [$"data/{i}/path"]);
            }
        }

        if (Registry is not null && RealPath.Comparer.Equals(Cache?.Real, Registry.Real))
        {
            yield return new ValidationResult("the registry and the cache are the same folder: give each its own", ["registry", "cache"]);
        }

        foreach ((string key, SettingsPath? place) in ((string, SettingsPath?)[])[("registry", Registry), ("cache", Cache)])
        {
            if (Data.FirstOrDefault(images => place?.IsIn(images.Path.Full) == true) is { } images && Registry is not null)
            {
                yield return new ValidationResult(
                    $"the {key} \"{place!.Written}\" is inside the images \"{images.Path.Written}\", and would be read as images: put it beside them",
                    [key, "data"]);
            }
        }

        if (Registry is not null && Cache?.IsIn(new RegistryFolder(Registry.Full).VersionsPath) == true)
        {
            yield return new ValidationResult("the cache is inside the versions of the registry: put it beside the registry", ["cache", "data"]);
        }
    }
}

/// <summary>How images are prepared.</summary>
public sealed record PreprocessingSettings
{
    /// <summary>Gets how images of another shape are fitted.</summary>
    /// <value>The default is null: as the backbone's card says.</value>
    [Description("How images of another shape are fitted: crop, pad or stretch; null: as the backbone's card says.")]
    public ResizeMode? Resize { get; init; }
}

/// <summary>Which reports are written.</summary>
public sealed record ReportSettings
{
    /// <summary>Gets whether a page beside each version shows what it can do and why it was promoted or not.</summary>
    /// <value>The default is true.</value>
    [Description("A page beside each version that shows what it can do and why it was promoted or not.")]
    public bool Html { get; init; } = true;
}
