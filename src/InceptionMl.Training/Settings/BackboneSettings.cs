using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using InceptionMl.Backbones;
using InceptionMl.Backbones.Internal;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Training;

/// <summary>The network whose features are learned on.</summary>
[SchemaRules("""
    {
      "if": { "required": ["preprocessing"], "properties": { "preprocessing": { "type": "object" } } },
      "then": { "required": ["model"], "properties": { "model": { "pattern": "(/|\\.[oO][nN][nN][xX]$)" } } }
    }
    """)]
public sealed record BackboneSettings : IValidatableObject
{
    /// <summary>Gets the backbone: a name, or an ONNX file.</summary>
    /// <value>The default is <c>inception-compact</c>, the embedded one.</value>
    [Description("A backbone's name, or the path of an .onnx file with its card NAME.json beside it.")]
    public BackboneModel Model { get; init; } = Backbone.EmbeddedName;

    /// <summary>Gets how an ONNX file without a card is fed; only with a file.</summary>
    /// <value>The default is null: the card beside the file says.</value>
    [Description("How an .onnx file without a card is fed: prepared = (value in 0..255 - offset) * scale. Needs a path as model.")]
    [EarlierName("feeding")]
    public BackbonePreprocessing? Preprocessing { get; init; }

    /// <summary>
    /// Gets which outputs of the network are the features: <c>depths</c> for several of its blocks, <c>last</c> for the last one
    /// alone, or names of tensors with commas between them.
    /// </summary>
    /// <value>The default is <c>depths</c>.</value>
    [Description("Which outputs of the network are the features: depths for several of its blocks, last for the last one alone, or names of tensors with commas between them.")]
    [DefaultValue("depths")]
    [RegularExpression("[^,]+(,[^,]+)*", ErrorMessage = "last, depths, or names of tensors with commas between them")]
    public string Features { get; init; } = FeatureSelection.Depths.ToString();

    /// <summary>Gets the size of the images that the network sees, in pixels: WIDTHxHEIGHT, or one number for both.</summary>
    /// <value>The default is null: the size on the backbone's card, or that of <see cref="Preprocessing"/>.</value>
    [Description("The size of the images that the network sees, in pixels: WIDTHxHEIGHT, or one number for both. The default is the size on the backbone's card.")]
    [RegularExpression(BackboneOptions.InputSizePattern, ErrorMessage = "WIDTHxHEIGHT in pixels or one number for both, for example 299x299 or 299")]
    public string? InputSize { get; init; }

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        if (Preprocessing is not null && Model.Path is null)
        {
            yield return new ValidationResult(
                Model.Name == Backbone.EmbeddedName
                    ? "\"preprocessing\" is for an ONNX file without a card: name the file as \"model\""
                    : $"\"preprocessing\" is for an ONNX file without a card, and {QuotedText.Quote(Model.Name!)} is a name: leave it out",
                ["preprocessing"]);
        }
    }

    /// <summary>A backbone by its name, or by the path of an ONNX file.</summary>
    [JsonConverter(typeof(BackboneModelConverter))]
    public sealed record BackboneModel
    {
        private BackboneModel(string? name, SettingsPath? path)
        {
            Name = name;
            Path = path;
        }

        /// <summary>Gets the name; null where it is a file.</summary>
        public string? Name { get; }

        /// <summary>Gets the ONNX file; null where it is a name.</summary>
        public SettingsPath? Path { get; }

        /// <summary>Converts a name or a path.</summary>
        /// <param name="nameOrPath">A path where it holds a <c>/</c>, ends in <c>.onnx</c> or names a file that exists; else a name.</param>
        public static implicit operator BackboneModel(string nameOrPath) => FromString(nameOrPath);

        /// <summary>Creates it from a name or a path.</summary>
        /// <param name="nameOrPath">A path where it holds a <c>/</c>, ends in <c>.onnx</c> or names a file that exists; else a name.</param>
        public static BackboneModel FromString(string nameOrPath)
        {
            ArgumentNullException.ThrowIfNull(nameOrPath);
            return IsPath(nameOrPath) || File.Exists(nameOrPath) ? FromPath(nameOrPath) : FromName(nameOrPath);
        }

        /// <summary>What <see cref="Backbone.Open"/> takes.</summary>
        public override string ToString() => Name ?? Path!.ToString();

        internal static BackboneModel FromName(string name) => new(name, null);

        internal static BackboneModel FromPath(SettingsPath path) => new(null, path);

        // A name never looks like this, so the file need not be there to tell.
        internal static bool IsPath(string model) => model.Contains('/') || model.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary>JSON of a backbone: a name, or a path, which has a / or ends in .onnx.</summary>
internal sealed class BackboneModelConverter : JsonConverter<BackboneSettings.BackboneModel>, ISettingConverter
{
    public JsonNode Schema => JsonNode.Parse("""
        {
          "type": "string",
          "minLength": 1,
          "maxLength": 4096,
          "pattern": "^([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9_-])?|[^\\\\]*/[^\\\\]*|[^\\\\]*\\.[oO][nN][nN][xX])$"
        }
        """)!;

    public void Check(SettingsReader reader, string key, LocatedValue found)
    {
        reader.CheckText(key, found);
        if (BackboneSettings.BackboneModel.IsPath(found.Text))
        {
            SettingsPathConverter.In(reader.Options).Check(reader, key, found);
        }
        else if (!BackboneName.IsValid(found.Text))
        {
            throw reader.Wrong(found, $"{QuotedText.Quote(found.Text)} is neither the name of a backbone nor the path of an .onnx file");
        }
    }

    public override BackboneSettings.BackboneModel Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString()! is var written && BackboneSettings.BackboneModel.IsPath(written)
            ? BackboneSettings.BackboneModel.FromPath(SettingsPathConverter.In(options).Parse(written))
            : BackboneSettings.BackboneModel.FromName(written);

    public override void Write(Utf8JsonWriter writer, BackboneSettings.BackboneModel value, JsonSerializerOptions options) => writer.WriteStringValue(
        value.Name ?? (SettingsPathConverter.In(options).Text(value.Path!) is var written && BackboneSettings.BackboneModel.IsPath(written) ? written : "./" + written));
}
