using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Training;

/// <summary>JSON of a path: relative to a file's folder; as code gave it where there is no file.</summary>
internal class SettingsPathConverter(string? folder) : JsonConverter<SettingsPath>, ISettingConverter
{
    public JsonNode Schema => JsonNode.Parse("""{ "type": "string", "minLength": 1, "maxLength": 4096, "pattern": "^[^\\\\\\u0000-\\u001f\\u007f-\\u009f]+$" }""")!;

    public void Check(SettingsReader reader, string key, LocatedValue found)
    {
        string written = found.Kind == JsonValueKind.String
            ? found.Text
            : throw reader.Wrong(found, $"\"{key}\" is a path in quotes, not {found.DescribeKind()}");
        if (folder is not null && SettingsPath.Problem(written) is { } problem)
        {
            throw reader.Wrong(found, $"the path {QuotedText.Quote(written)} {problem}");
        }
    }

    public SettingsPath Parse(string written) => folder is null ? SettingsPath.FromString(written) : SettingsPath.FromFile(written, folder);

    public string Text(SettingsPath path) => folder is null ? path.Written : path.From(folder).Written;

    public override SettingsPath Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parse(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, SettingsPath value, JsonSerializerOptions options) => writer.WriteStringValue(Text(value));

    /// <summary>The one that the options hold, for converters of what has a path inside.</summary>
    public static SettingsPathConverter In(JsonSerializerOptions options) => options.Converters.OfType<SettingsPathConverter>().Single();
}

/// <summary>JSON of a path that there may be none of: <c>"none"</c> then.</summary>
internal sealed class OptionalPathConverter : JsonConverter<SettingsPath?>, ISettingConverter
{
    private const string None = "none";

    public override bool HandleNull => true;

    public JsonNode Schema => new SettingsPathConverter(null).Schema;

    public void Check(SettingsReader reader, string key, LocatedValue found) => SettingsPathConverter.In(reader.Options).Check(reader, key, found);

    public override SettingsPath? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } written and not None ? SettingsPathConverter.In(options).Parse(written) : null;

    // A folder called none is told from the word by its ./
    public override void Write(Utf8JsonWriter writer, SettingsPath? value, JsonSerializerOptions options) => writer.WriteStringValue(
        value is null ? None : SettingsPathConverter.In(options).Text(value) is var written && written == None ? "./" + None : written);
}
