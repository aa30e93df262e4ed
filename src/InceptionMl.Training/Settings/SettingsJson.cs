using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace InceptionMl.Training;

/// <summary>The JSON contract of <see cref="TrainingSettings"/>, generated from its properties.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(TrainingSettings))]
internal sealed partial class SettingsJson : JsonSerializerContext
{
    /// <summary>Letters stay letters: the JSON is read by people and never stands in a web page.</summary>
    public static JsonSerializerOptions Readable { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The options to read or write settings with.</summary>
    /// <param name="folder">The absolute folder that paths are relative to; null leaves them as code gave them.</param>
    public static JsonSerializerOptions CreateOptions(string? folder) => new(Default.Options)
    {
        TypeInfoResolver = Default,
        Converters = { new SettingsPathConverter(folder), new ImageGroupingConverter() },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>The settings as JSON, with paths relative to a folder.</summary>
    public static JsonObject ToNode(TrainingSettings settings, string folder)
    {
        JsonObject node = (JsonObject)JsonSerializer.SerializeToNode(settings, CreateOptions(folder).GetTypeInfo(typeof(TrainingSettings)))!;
        foreach ((string key, JsonElement value) in settings.Extensions)
        {
            node[key] = JsonNode.Parse(value.GetRawText());
        }

        return node;
    }

    /// <summary>As <see cref="ToNode"/>, for a card.</summary>
    public static JsonElement ToElement(TrainingSettings settings, string folder) =>
        JsonElement.Parse(ToNode(settings, folder).ToJsonString());

    /// <summary>An object with every default; what its constructor demands is empty.</summary>
    public static object CreateDefault(Type type)
    {
        ConstructorInfo constructor = type.GetConstructor([]) ?? type.GetConstructors().Single();
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter =>
            parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null)]);
    }

    /// <summary>The words of an enum.</summary>
    public static IReadOnlyList<string> Words(Type type) =>
    [
        .. Enum.GetNames(type).Select(name => type.GetField(name)!.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? name),
    ];

    /// <summary>The word of an enum's value.</summary>
    public static string Word<TEnum>(TEnum value)
        where TEnum : struct, Enum => Words(typeof(TEnum))[Array.IndexOf(Enum.GetValues<TEnum>(), value)];

    /// <summary>JSON on as few lines as are readable: what fits on one stays on one.</summary>
    public static void Lay(StringBuilder text, JsonNode? node, string indent, int room = 120)
    {
        string line = OnOneLine(node);
        if (line.Length <= room - indent.Length || node is not (JsonObject or JsonArray))
        {
            text.Append(line);
            return;
        }

        string inner = indent + "  ";
        text.Append(node is JsonObject ? "{\n" : "[\n");
        if (node is JsonObject members)
        {
            foreach ((string name, JsonNode? value) in members.Where(m => !IsEmpty(m.Value)))
            {
                text.Append(inner).Append(Quote(name)).Append(": ");
                Lay(text, value, inner);
                text.Append(",\n");
            }
        }
        else
        {
            foreach (JsonNode? item in node.AsArray())
            {
                text.Append(inner);
                Lay(text, item, inner);
                text.Append(",\n");
            }
        }

        text.Append(indent).Append(node is JsonObject ? '}' : ']');
    }

    public static string Quote(string value) => $"\"{JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    private static string OnOneLine(JsonNode? node) => node switch
    {
        JsonObject { Count: 0 } => "{}",
        JsonObject members => $"{{ {string.Join(", ", members.Where(m => !IsEmpty(m.Value)).Select(m => $"{Quote(m.Key)}: {OnOneLine(m.Value)}"))} }}",
        JsonArray items => $"[{string.Join(", ", items.Select(OnOneLine))}]",
        JsonValue value when value.GetValueKind() == JsonValueKind.String => Quote(value.GetValue<string>()),
        _ => node?.ToJsonString() ?? "null",
    };

    private static bool IsEmpty(JsonNode? node) => node is JsonObject { Count: 0 };
}

/// <summary>A converter that can say what is wrong with a value, and what its values look like.</summary>
internal interface ISettingConverter
{
    public JsonNode Schema { get; }

    public void Check(SettingsReader reader, string key, LocatedValue found);
}

/// <summary>The name that a key had before, which is still read.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class EarlierNameAttribute(string name) : Attribute
{
    public string Name => name;
}

/// <summary>Keys that earlier versions had and that are passed over.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class UnusedNamesAttribute(params string[] names) : Attribute
{
    public IReadOnlyList<string> Names => names;
}

/// <summary>false, like null, switches the setting off.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OffByFalseAttribute : Attribute;

/// <summary>Rules of the JSON Schema that types and ranges cannot say.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property)]
internal sealed class SchemaRulesAttribute(string json) : Attribute
{
    public string Json => json;
}
