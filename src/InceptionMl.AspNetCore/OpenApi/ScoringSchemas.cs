using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using InceptionMl.Scoring;
using Microsoft.OpenApi;

namespace InceptionMl.AspNetCore;

/// <summary>The shapes of what is sent and answered, as the OpenAPI document names them. Those of answers are made from the records that are sent.</summary>
internal static class ScoringSchemas
{
    public const string Answer = "ImageScores";
    public const string Problem = "ScoringProblem";

    private static readonly Dictionary<Type, string> Names = new()
    {
        [typeof(ExplanationAnswer)] = "ImageExplanation",
        [typeof(ImageAnswer)] = "ImageResult",
        [typeof(ModelAnswer)] = "ServedModel",
        [typeof(ScoringAnswer)] = Answer,
        [typeof(ProblemAnswer)] = Problem,
    };

    /// <summary>The form's field. Any other name does as well; clients that are generated need one.</summary>
    public const string Files = "files";

    /// <summary>Adds every shape to a document; a second endpoint finds them there.</summary>
    public static void AddTo(OpenApiDocument document)
    {
        foreach ((Type type, string name) in Names)
        {
            document.AddComponent(name, Record(AnswerJson.Default.GetTypeInfo(type)!, document));
        }
    }

    /// <summary>File parts of a form.</summary>
    public static OpenApiSchema Form() => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { Files },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            [Files] = new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                MinItems = 1,
                Items = Bytes(),
                Description = "The images. The order of the parts is that of the results; file parts under other names count as well.",
            },
        },
    };

    /// <summary>Gets the bytes of one image.</summary>
    public static OpenApiSchema Bytes() => new() { Type = JsonSchemaType.String, Format = "binary", Description = "A JPEG, PNG, WebP, BMP or GIF file." };

    /// <summary>The query, from the record that it is read into.</summary>
    public static IList<IOpenApiParameter> Query() =>
    [
        .. typeof(ScoringQuery).GetProperties().Select(property => new OpenApiParameter
        {
            Name = JsonNamingPolicy.CamelCase.ConvertName(property.Name),
            In = ParameterLocation.Query,
            Description = property.GetCustomAttribute<DescriptionAttribute>()!.Description,
            Schema = property.PropertyType == typeof(bool)
                ? new OpenApiSchema { Type = JsonSchemaType.Boolean }
                : new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Minimum = ScoringQuery.LeastTop.ToString(CultureInfo.InvariantCulture) },
        }),
    ];

    private static OpenApiSchema Record(JsonTypeInfo record, OpenApiDocument document) => new()
    {
        Type = JsonSchemaType.Object,
        Description = record.Type.GetCustomAttribute<DescriptionAttribute>()?.Description,
        Required = record.Properties.Where(property => !property.IsGetNullable).Select(property => property.Name).ToHashSet(),
        Properties = record.Properties.ToDictionary(property => property.Name, property => Property(property, document)),
    };

    private static IOpenApiSchema Property(JsonPropertyInfo property, OpenApiDocument document)
    {
        IOpenApiSchema schema = Value(property.PropertyType, Attribute<RangeAttribute>(property), document);
        if (schema is not OpenApiSchema written)
        {
            return property.IsGetNullable ? new OpenApiSchema { OneOf = [schema, new OpenApiSchema { Type = JsonSchemaType.Null }] } : schema;
        }

        written.Description = Attribute<DescriptionAttribute>(property)?.Description;
        written.Enum = Attribute<AllowedValuesAttribute>(property)?.Values.Select(value => (JsonNode)(string)value!).ToList();
        written.Type |= property.IsGetNullable ? JsonSchemaType.Null : 0;
        return written;
    }

    private static IOpenApiSchema Value(Type type, RangeAttribute? range, OpenApiDocument document) =>
        Names.TryGetValue(type, out string? name) ? new OpenApiSchemaReference(name, document)
        : type == typeof(string) || type == typeof(ScoringOutcome?) ? new OpenApiSchema { Type = JsonSchemaType.String }
        : type == typeof(byte[]) ? new OpenApiSchema { Type = JsonSchemaType.String, Format = "byte" }
        : type == typeof(int) ? new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" }
        : type == typeof(float) || type == typeof(float?) ? Number(range)
        : type == typeof(IReadOnlyDictionary<string, float>) ? new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = Number(range) }
        : Element(type) is { } element ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = Value(element, range, document) }
        : throw new NotSupportedException($"{type} has no shape.");

    private static Type? Element(Type type) => type.IsArray ? type.GetElementType() : type.IsGenericType ? type.GetGenericArguments()[0] : null;

    // Numbers that are none, which a network may come to, are written as null.
    private static OpenApiSchema Number(RangeAttribute? range) => new()
    {
        Type = JsonSchemaType.Number | JsonSchemaType.Null,
        Format = "float",
        Minimum = range is null ? null : Convert.ToString(range.Minimum, CultureInfo.InvariantCulture),
        Maximum = range is null ? null : Convert.ToString(range.Maximum, CultureInfo.InvariantCulture),
    };

    private static TAttribute? Attribute<TAttribute>(JsonPropertyInfo property)
        where TAttribute : Attribute => property.AttributeProvider?.GetCustomAttributes(typeof(TAttribute), inherit: true).OfType<TAttribute>().FirstOrDefault();
}
