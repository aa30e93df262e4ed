using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace InceptionMl.Training;

/// <summary>The JSON Schema of pipeline files, made from the properties of <see cref="TrainingSettings"/> and their attributes.</summary>
internal static class SettingsSchema
{
    private const string Extension = "An entry of an application's own.";

    /// <summary>The schema as a file.</summary>
    public static string Create()
    {
        JsonObject settings = (JsonObject)Export<TrainingSettings>();
        JsonObject root = new()
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = "urn:inceptionml:pipeline:1",
            ["title"] = "A pipeline of InceptionMl",
            ["description"] = "All that a training run depends on. Comments and trailing commas are allowed; paths are relative to the file, with / between folders.",
        };
        JsonObject properties = new()
        {
            [PipelineFile.SchemaKey] = JsonNode.Parse(
                """{ "description": "The schema by which editors complete and check this file.", "type": "string", "minLength": 1, "default": "pipeline.schema.json" }"""),
            [PipelineFile.VersionKey] = JsonNode.Parse(
                """{ "description": "The version of this format.", "type": "integer", "minimum": 1, "maximum": 1, "default": 1 }"""),
        };
        foreach ((string key, JsonNode? value) in settings)
        {
            root[key] = key != "properties" ? value!.DeepClone() : new JsonObject([.. properties.Select(Copy), .. value!.AsObject().Select(Copy)]);
        }

        root["patternProperties"] = JsonNode.Parse($$"""{ "{{SettingExtensions.Pattern}}": { "description": "{{Extension}}" } }""");
        return root.ToJsonString(new JsonSerializerOptions(SettingsJson.CreateOptions(folder: null)) { WriteIndented = true }) + "\n";
    }

    /// <summary>The schema of a type.</summary>
    public static JsonNode Export<T>() => Export(typeof(T), SettingsJson.CreateOptions(folder: null));

    /// <summary>The schema of a type that options know.</summary>
    public static JsonNode Export(Type type, JsonSerializerOptions options) => options.GetJsonSchemaAsNode(
        type, new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = (context, node) => Complete(context, node, options) });

    /// <summary>What a key of a pipeline file says.</summary>
    public static string Describe(string key) =>
        SettingExtensions.IsKey(key) ? Extension : SettingsContract.Attribute<DescriptionAttribute>(
            SettingsJson.Default.TrainingSettings.Properties.First(property => property.Name == key))!.Description;

    private static JsonObject Complete(JsonSchemaExporterContext context, JsonNode node, JsonSerializerOptions options)
    {
        JsonObject rules = node as JsonObject ?? [];
        if (context.PropertyInfo is not { } property)
        {
            return context.TypeInfo.Kind == JsonTypeInfoKind.Object ? OfObject(context.TypeInfo, rules) : rules;
        }

        JsonTypeInfo type = options.GetTypeInfo(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType);
        if (SettingsContract.Converter(property, options) is { } converter)
        {
            rules = (JsonObject)converter.Schema;
        }
        else if (type.Kind == JsonTypeInfoKind.Object)
        {
            rules = OfObject(type, rules);
            if (SettingsContract.IsNullable(property))
            {
                rules["type"] = "object";
                rules = new JsonObject { ["anyOf"] = new JsonArray(new JsonObject { ["const"] = null }, rules) };
            }
        }
        else
        {
            Constrain(rules, property, type, options);
        }

        JsonObject complete = [];
        if (SettingsContract.Attribute<DescriptionAttribute>(property) is { } description)
        {
            complete["description"] = description.Description;
        }

        foreach (KeyValuePair<string, JsonNode?> rule in rules.ToArray())
        {
            rules.Remove(rule.Key);
            complete[rule.Key] = rule.Value;
        }

        Add(complete, SettingsContract.Attribute<SchemaRulesAttribute>(property));
        complete["default"] = Default(property, type, options);
        return complete;
    }

    private static JsonObject OfObject(JsonTypeInfo type, JsonObject rules)
    {
        rules["additionalProperties"] = false;
        string[] required = [.. SettingsContract.Properties(type).Where(property => SettingsContract.Attribute<RequiredAttribute>(property) is not null).Select(property => property.Name)];
        rules.Remove("required");
        if (required.Length > 0)
        {
            rules["required"] = new JsonArray([.. required.Select(name => (JsonNode)name)]);
        }

        Add(rules, type.Type.GetCustomAttributes(typeof(SchemaRulesAttribute), inherit: false).FirstOrDefault() as SchemaRulesAttribute);
        return rules;
    }

    private static void Constrain(JsonObject rules, JsonPropertyInfo property, JsonTypeInfo type, JsonSerializerOptions options)
    {
        RangeAttribute? range = SettingsContract.Attribute<RangeAttribute>(property);
        if (type.Kind == JsonTypeInfoKind.Enumerable)
        {
            LengthAttribute length = SettingsContract.Attribute<LengthAttribute>(property)!;
            (rules["minItems"], rules["maxItems"]) = (length.MinimumLength, length.MaximumLength);
            if (range is not null)
            {
                rules["items"] = OfNumber(new JsonObject { ["type"] = "number" }, range);
            }
            else if (type.ElementType is { IsEnum: true } words)
            {
                rules["items"] = new JsonObject { ["enum"] = Words(SettingsJson.Words(words), isNullable: false) };
            }

            return;
        }

        bool isNullable = SettingsContract.IsNullable(property);
        if (type.Type.IsEnum || SettingsContract.Attribute<AllowedValuesAttribute>(property) is not null)
        {
            rules.Clear();
            rules["enum"] = Words(
                type.Type.IsEnum ? SettingsJson.Words(type.Type) : [.. SettingsContract.Attribute<AllowedValuesAttribute>(property)!.Values.Cast<string>()], isNullable);
        }
        else if (type.Type == typeof(string))
        {
            rules["minLength"] = 1;
            if (SettingsContract.Attribute<RegularExpressionAttribute>(property) is { } pattern)
            {
                rules["pattern"] = $"^{pattern.Pattern}$";
            }
        }
        else if (type.Type != typeof(bool))
        {
            rules.Clear();
            string number = type.Type == typeof(int) ? "integer" : "number";
            bool isOff = SettingsContract.Attribute<OffByFalseAttribute>(property) is not null;
            rules["type"] = isNullable && !isOff ? new JsonArray(number, "null") : number;
            OfNumber(rules, range ?? new RangeAttribute(int.MinValue, int.MaxValue));
            if (isOff)
            {
                JsonNode copy = rules.DeepClone();
                rules.Clear();
                rules["anyOf"] = new JsonArray(copy, new JsonObject { ["enum"] = new JsonArray(null, false) });
            }
        }
    }

    private static JsonArray Words(IReadOnlyList<string> words, bool isNullable) =>
        new([.. words.Select(word => (JsonNode)word), .. isNullable ? [null] : Array.Empty<JsonNode?>()]);

    private static JsonObject OfNumber(JsonObject rules, RangeAttribute range)
    {
        rules[range.MinimumIsExclusive ? "exclusiveMinimum" : "minimum"] = Number(range.Minimum);
        rules[range.MaximumIsExclusive ? "exclusiveMaximum" : "maximum"] = Number(range.Maximum);
        return rules;
    }

    private static JsonNode Number(object number) => number is int whole ? whole : (double)number == (long)(double)number ? (long)(double)number : (double)number;

    // As a new object of the type has it; for what must be given, what an editor proposes.
    private static JsonNode? Default(JsonPropertyInfo property, JsonTypeInfo type, JsonSerializerOptions options)
    {
        if (SettingsContract.Attribute<DefaultValueAttribute>(property) is { } proposed)
        {
            return proposed.Value is double[] numbers ? new JsonArray([.. numbers.Select(number => (JsonNode)number)])
                : proposed.Value is int whole ? whole : (string)proposed.Value!;
        }

        object? value = property.Get!(SettingsJson.CreateDefault(property.DeclaringType));
        return value is null ? null
            : type.Kind == JsonTypeInfoKind.Object ? new JsonObject()
            : JsonSerializer.SerializeToNode(value, options.GetTypeInfo(property.PropertyType));
    }

    private static void Add(JsonObject rules, SchemaRulesAttribute? more)
    {
        foreach ((string key, JsonNode? rule) in JsonNode.Parse(more?.Json ?? "{}")!.AsObject())
        {
            rules[key] = rule?.DeepClone();
        }
    }

    private static KeyValuePair<string, JsonNode?> Copy(KeyValuePair<string, JsonNode?> member) => new(member.Key, member.Value?.DeepClone());
}
