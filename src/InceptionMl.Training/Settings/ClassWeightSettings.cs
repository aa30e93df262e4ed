using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using InceptionMl.Internal;

namespace InceptionMl.Training;

/// <summary>How much each class counts.</summary>
[JsonConverter(typeof(ClassWeightConverter))]
public sealed record ClassWeightSettings
{
    /// <summary>The word for classes that count by their images, in files and cards.</summary>
    internal const string NoWeights = "none";

    /// <summary>The word for classes that count alike.</summary>
    internal const string BalancingWeights = "weights";

    /// <summary>The least that an image of a class may count.</summary>
    public const double LowestWeight = 1e-6;

    /// <summary>The most that an image of a class may count.</summary>
    public const double HighestWeight = 1e6;

    /// <summary>Gets whether every class counts alike, however many images it has.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool Balanced { get; init; }

    /// <summary>
    /// Gets how much each image of a label counts in training and validation, on top of the images' own weights, from
    /// <see cref="LowestWeight"/> to <see cref="HighestWeight"/>. Labels left out count 1. Empty with <see cref="Balanced"/>.
    /// </summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<LabelWeight> ByLabel { get; init => field = ValueList.Copy(value); } = ValueList<LabelWeight>.Empty;

    /// <summary>What an image of a label counts.</summary>
    /// <param name="Label">The label.</param>
    /// <param name="Weight">From 1e-6 to 1e6; an image counts 1 otherwise.</param>
    public sealed record LabelWeight(string Label, double Weight);
}

/// <summary>JSON of class weights: <c>"none"</c>, <c>"weights"</c> or <c>{ LABEL: WEIGHT }</c>.</summary>
internal sealed class ClassWeightConverter : JsonConverter<ClassWeightSettings>, ISettingConverter
{
    public JsonNode Schema => JsonNode.Parse("""
        {
          "anyOf": [
            { "enum": ["none", "weights"] },
            {
              "type": "object",
              "minProperties": 1,
              "propertyNames": { "minLength": 1 },
              "additionalProperties": { "type": "number", "minimum": 1e-6, "maximum": 1000000 }
            }
          ]
        }
        """)!;

    public void Check(SettingsReader reader, string key, LocatedValue found)
    {
        if (found.Kind != JsonValueKind.Object)
        {
            reader.CheckWord(key, found, [ClassWeightSettings.NoWeights, ClassWeightSettings.BalancingWeights]);
            return;
        }

        if (found.Members.GroupBy(m => CanonicalText.Compose(m.Name), StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw reader.Wrong(twice.Last().Value, $"\"{key}\" has {QuotedText.Quote(twice.Key)} twice, composed and decomposed: keep one of them");
        }

        if (found.Members.FirstOrDefault(m => m.Name.Length == 0) is { } nameless)
        {
            throw reader.Wrong(nameless.Value, $"a label of \"{key}\" is empty");
        }

        if (found.Members.Count == 0)
        {
            throw reader.Wrong(found, $"\"{key}\" names no label: give some a weight, or say \"{ClassWeightSettings.NoWeights}\"");
        }

        foreach (LocatedMember member in found.Members)
        {
            reader.CheckNumber(member.Name, member.Value, new NumberRange(ClassWeightSettings.LowestWeight, ClassWeightSettings.HighestWeight));
        }
    }

    public override ClassWeightSettings Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new ClassWeightSettings { Balanced = reader.GetString() == ClassWeightSettings.BalancingWeights };
        }

        List<ClassWeightSettings.LabelWeight> weights = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string label = CanonicalText.Compose(reader.GetString()!);
            reader.Read();
            weights.Add(new ClassWeightSettings.LabelWeight(label, reader.GetDouble()));
        }

        return new ClassWeightSettings { ByLabel = weights };
    }

    public override void Write(Utf8JsonWriter writer, ClassWeightSettings value, JsonSerializerOptions options)
    {
        if (value is { Balanced: true, ByLabel.Count: > 0 })
        {
            throw new PipelineException("Class weights either count every class alike or are given by label: settings cannot say both.");
        }

        if (value.ByLabel.Count == 0)
        {
            writer.WriteStringValue(value.Balanced ? ClassWeightSettings.BalancingWeights : ClassWeightSettings.NoWeights);
            return;
        }

        writer.WriteStartObject();
        foreach (ClassWeightSettings.LabelWeight weight in value.ByLabel)
        {
            writer.WritePropertyName(weight.Label);
            JsonSerializer.Serialize(writer, weight.Weight, options.GetTypeInfo(typeof(double)));
        }

        writer.WriteEndObject();
    }
}
