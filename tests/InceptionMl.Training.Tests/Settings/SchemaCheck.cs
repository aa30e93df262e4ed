using System.Text.Json;
using System.Text.RegularExpressions;

namespace InceptionMl.Training.Tests.Settings;

/// <summary>
/// Checks JSON against a JSON Schema (draft 2020-12) as far as the pipeline's goes: a keyword that is not known here fails the test
/// that meets it, so nothing is passed over.
/// </summary>
internal sealed class SchemaCheck(JsonElement schema)
{
    public bool Accepts(JsonElement value) => Holds(schema, value);

    private static bool Has(JsonElement value, string name) => value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out _);

    private static bool IsType(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && double.IsInteger(value.GetDouble()),
        _ => throw new NotSupportedException(type),
    };

    private bool Holds(JsonElement rule, JsonElement value)
    {
        if (rule.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return rule.GetBoolean();
        }

        return rule.EnumerateObject().All(keyword => Holds(rule, keyword.Name, keyword.Value, value));
    }

    private bool Holds(JsonElement rule, string keyword, JsonElement wanted, JsonElement value) => keyword switch
    {
        "$schema" or "$id" or "$defs" or "title" or "description" or "default" or "then" => true,
        "$ref" => Holds(schema.GetProperty("$defs").GetProperty(wanted.GetString()!.Split('/')[^1]), value),
        "type" when wanted.ValueKind == JsonValueKind.Array => wanted.EnumerateArray().Any(type => IsType(type.GetString()!, value)),
        "type" => IsType(wanted.GetString()!, value),
        "enum" => wanted.EnumerateArray().Any(e => JsonElement.DeepEquals(e, value)),
        "const" => JsonElement.DeepEquals(wanted, value),
        "not" => !Holds(wanted, value),
        "anyOf" => wanted.EnumerateArray().Any(one => Holds(one, value)),
        "if" => !Holds(wanted, value) || Holds(rule.GetProperty("then"), value),
        _ => value.ValueKind switch
        {
            JsonValueKind.Object => OfObject(rule, keyword, wanted, value),
            JsonValueKind.Array => OfArray(keyword, wanted, value),
            JsonValueKind.String => OfString(keyword, wanted, value.GetString()!),
            JsonValueKind.Number => OfNumber(keyword, wanted, value.GetDouble()),
            _ => true,
        },
    };

    private bool OfObject(JsonElement rule, string keyword, JsonElement wanted, JsonElement value) => keyword switch
    {
        "required" => wanted.EnumerateArray().All(name => Has(value, name.GetString()!)),
        "properties" => wanted.EnumerateObject().All(p => !Has(value, p.Name) || Holds(p.Value, value.GetProperty(p.Name))),
        "additionalProperties" => value.EnumerateObject().All(m =>
            (rule.TryGetProperty("properties", out JsonElement known) && Has(known, m.Name))
            || (rule.TryGetProperty("patternProperties", out JsonElement alike) && alike.EnumerateObject().Any(pattern => Regex.IsMatch(m.Name, pattern.Name)))
            || Holds(wanted, m.Value)),
        "patternProperties" => wanted.EnumerateObject().All(pattern =>
            value.EnumerateObject().Where(m => Regex.IsMatch(m.Name, pattern.Name)).All(m => Holds(pattern.Value, m.Value))),
        "propertyNames" => value.EnumerateObject().All(m => Holds(wanted, JsonSerializer.SerializeToElement(m.Name))),
        "minProperties" => value.EnumerateObject().Count() >= wanted.GetInt32(),
        _ => ForOthers(keyword),
    };

    private bool OfArray(string keyword, JsonElement wanted, JsonElement value) => keyword switch
    {
        "items" => value.EnumerateArray().All(item => Holds(wanted, item)),
        "minItems" => value.GetArrayLength() >= wanted.GetInt32(),
        "maxItems" => value.GetArrayLength() <= wanted.GetInt32(),
        "uniqueItems" => value.EnumerateArray().Index().All(one =>
            value.EnumerateArray().Skip(one.Index + 1).All(other => !JsonElement.DeepEquals(one.Item, other))),
        _ => ForOthers(keyword),
    };

    private static bool OfString(string keyword, JsonElement wanted, string value) => keyword switch
    {
        "minLength" => value.EnumerateRunes().Count() >= wanted.GetInt32(),
        "maxLength" => value.EnumerateRunes().Count() <= wanted.GetInt32(),
        "pattern" => Regex.IsMatch(value, wanted.GetString()!),
        _ => ForOthers(keyword),
    };

    private static bool OfNumber(string keyword, JsonElement wanted, double value) => keyword switch
    {
        "minimum" => value >= wanted.GetDouble(),
        "maximum" => value <= wanted.GetDouble(),
        "exclusiveMinimum" => value > wanted.GetDouble(),
        "exclusiveMaximum" => value < wanted.GetDouble(),
        _ => ForOthers(keyword),
    };

    // A keyword of another type of value holds for every value of this one.
    private static bool ForOthers(string keyword) => keyword is "required" or "properties" or "additionalProperties" or "propertyNames" or "minProperties"
        or "items" or "minItems" or "maxItems" or "uniqueItems" or "minLength" or "maxLength" or "pattern"
        or "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum"
        ? true
        : throw new NotSupportedException(keyword);
}
