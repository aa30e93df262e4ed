using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Training;

/// <summary>How images are divided.</summary>
public sealed record SplitSettings : IValidatableObject
{
    /// <summary>The largest <see cref="Folds"/>.</summary>
    public const int MaxFolds = 100;

    /// <summary>Gets the fraction of each class drawn for validation where none is given, 0 to below 1.</summary>
    /// <value>The default is 0.1.</value>
    [Description("Fraction of each class drawn for validation, by content, where no part is given.")]
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double Validation { get; init; } = 0.1;

    /// <summary>Gets the fraction of each class drawn for the test where none is given, 0 to below 1; below 1 with <see cref="Validation"/>.</summary>
    /// <value>The default is 0.1.</value>
    [Description("Fraction of each class drawn for the test, by content, where no part is given.")]
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double Test { get; init; } = 0.1;

    /// <summary>
    /// Gets the folds of the training and validation images by which the head is chosen: 0, or 2 to <see cref="MaxFolds"/>. They are
    /// stratified, with equal images and groups in one fold; the validation figures are then those of images out of fold. With fewer
    /// images or groups than folds there are as many folds as those.
    /// </summary>
    /// <value>The default is 0: the validation images choose.</value>
    [Description("Folds of the cross-validation that chooses the head: 2 to 100, or 0 to choose by the validation images.")]
    [Range(0, MaxFolds)]
    [SchemaRules("""{ "not": { "const": 1 } }""")]
    public int Folds { get; init; }

    /// <summary>Gets what keeps images together in one part and one fold, besides copies.</summary>
    /// <value>The default is null: nothing.</value>
    [Description("What keeps images together in one part and one fold: null for nothing, the folder they lie in, or a column of the manifest.")]
    public DatasetSource.ImageGrouping? GroupBy { get; init; }

    /// <summary>Gets what becomes of near-copies: pictures that were resized, compressed anew, brightened, mirrored or cropped a little. Exact copies always stay together.</summary>
    /// <value>The default is <see cref="NearCopyHandling.Group"/>.</value>
    [Description("Near-copies, such as resized, brightened or slightly cropped versions of a picture: group keeps them in one part and one fold; ignore treats each as an image of its own.")]
    public NearCopyHandling NearCopies { get; init; }

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        if (Validation + Test >= 1)
        {
            yield return new ValidationResult("\"validation\" and \"test\" leave nothing to train on: together they stay below 1", ["test", "validation"]);
        }

        if (Folds == 1)
        {
            yield return new ValidationResult(
                $"one fold leaves nothing to train on: 0 is without cross-validation, 2 to {MaxFolds} is with it", ["folds"]);
        }
    }

    /// <summary>Specifies what becomes of near-copies.</summary>
    public enum NearCopyHandling
    {
        /// <summary>Those of one label stay in one part and one fold, and are told.</summary>
        [JsonStringEnumMemberName("group")]
        Group,

        /// <summary>Each is an image of its own.</summary>
        [JsonStringEnumMemberName("ignore")]
        Ignore,
    }
}

/// <summary>JSON of a grouping: null, <c>"folder"</c> or <c>{ "column": NAME }</c>.</summary>
internal sealed class ImageGroupingConverter : JsonConverter<DatasetSource.ImageGrouping>, ISettingConverter
{
    private const string ByFolder = "folder";
    private const string Column = "column";

    public JsonNode Schema => JsonNode.Parse("""
        {
          "anyOf": [
            { "enum": [null, "folder"] },
            {
              "type": "object",
              "required": ["column"],
              "additionalProperties": false,
              "properties": {
                "column": { "description": "The manifest's column whose value names the group.", "type": "string", "minLength": 1, "default": "" }
              }
            }
          ]
        }
        """)!;

    public void Check(SettingsReader reader, string key, LocatedValue found)
    {
        if (found is { Kind: JsonValueKind.String, Text: ByFolder })
        {
            return;
        }

        if (found.Kind != JsonValueKind.Object)
        {
            throw reader.Wrong(found, $"\"groupBy\" is null, \"folder\" or an object such as {{ \"column\": \"patient\" }}, not {found.DescribeKind()}");
        }

        reader.CheckKeys(found, "\"groupBy\"", [Column]);
        reader.CheckText(Column, found[Column] ?? throw reader.Wrong(found, "\"column\" is missing: it names a column of the manifest"));
    }

    public override DatasetSource.ImageGrouping Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new DatasetSource.ImageGrouping(Column: null);
        }

        reader.Read();
        reader.Read();
        string column = reader.GetString()!;
        reader.Read();
        return new DatasetSource.ImageGrouping(column);
    }

    public override void Write(Utf8JsonWriter writer, DatasetSource.ImageGrouping value, JsonSerializerOptions options)
    {
        if (value.Column is not { } column)
        {
            writer.WriteStringValue(ByFolder);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString(Column, column);
        writer.WriteEndObject();
    }
}
