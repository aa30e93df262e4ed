using InceptionMl.AspNetCore.Requests;
using Microsoft.OpenApi;

namespace InceptionMl.AspNetCore.OpenApi;

/// <summary>The shapes of what is sent and answered, as the OpenAPI document names them.</summary>
internal static class ScoringSchemas
{
    public const string Answer = "ImageScores";
    public const string Result = "ImageResult";
    public const string Explanation = "ImageExplanation";
    public const string Model = "ServedModel";
    public const string Problem = "ScoringProblem";

    /// <summary>The form's field. Any other name does as well; clients that are generated need one.</summary>
    public const string Files = "files";

    /// <summary>Adds every shape to a document; a second endpoint finds them there.</summary>
    public static void AddTo(OpenApiDocument document)
    {
        document.AddComponent(Explanation, ImageExplanation());
        document.AddComponent(Result, ImageResult(document));
        document.AddComponent(Model, Record([
            ("name", Text("The scorer's name.")),
            ("version", Text("The version of the model that made every result of this answer.")),
        ]));
        document.AddComponent(Answer, ImageScores(document));
        document.AddComponent(Problem, ScoringProblem());
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

    /// <summary>The query's number of labels.</summary>
    public static OpenApiParameter Top() => new()
    {
        Name = ScoringQuery.TopName,
        In = ParameterLocation.Query,
        Description = "Only so many labels of each image, the most probable first; without it every label in the model's order.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "1" },
    };

    /// <summary>Determines whether the answer holds heat maps.</summary>
    public static OpenApiParameter Explain() => new()
    {
        Name = ScoringQuery.ExplainName,
        In = ParameterLocation.Query,
        Description = "With true, every result says where in the image the evidence for its label lies.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.Boolean },
    };

    private static OpenApiSchema ImageExplanation() => Record([
        ("label", Text("The label that is explained.")),
        ("method", Text("How it was found: class activation map, or occlusion.")),
        ("grid", new OpenApiSchema
        {
            Type = JsonSchemaType.Array,
            Description = "Rows from the top: the evidence at each position, in units of the logit, below zero where it speaks against the label.",
            Items = new OpenApiSchema { Type = JsonSchemaType.Array, Items = Evidence() },
        }),
        ("overlay", new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Format = "byte",
            Description = "The map drawn over the picture, a PNG file in base64.",
        }),
    ]);

    // One type with members that may be missing: generators of clients make nothing of two types without a discriminator.
    private static OpenApiSchema ImageResult(OpenApiDocument document) => new()
    {
        Type = JsonSchemaType.Object,
        Description = "An image's scores, or the error that says why it could not be read.",
        Required = new HashSet<string> { "name" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["name"] = Text("The image's name as it was sent."),
            ["label"] = Optional("The most probable label; missing where the image could not be read."),
            ["probability"] = Probability(),
            ["outcome"] = new OpenApiSchema
            {
                Type = JsonSchemaType.String | JsonSchemaType.Null,
                Enum = ["accepted", "uncertain", "unknown"],
                Description = "Whether the model stands by the label; missing where the image could not be read.",
            },
            ["scores"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object | JsonSchemaType.Null,
                AdditionalProperties = Probability(),
                Description = "Probabilities by label; missing where the image could not be read.",
            },
            ["explanation"] = new OpenApiSchema
            {
                OneOf = [new OpenApiSchemaReference(Explanation, document), new OpenApiSchema { Type = JsonSchemaType.Null }],
            },
            ["error"] = Optional("What is wrong with the image and what to do, as a fragment that follows its name; missing where it was scored."),
        },
    };

    private static OpenApiSchema ImageScores(OpenApiDocument document) => Record([
        ("model", new OpenApiSchemaReference(Model, document)),
        ("results", new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchemaReference(Result, document) }),
        ("requestId", Text("Names this request in the service's log.")),
    ]);

    private static OpenApiSchema ScoringProblem()
    {
        OpenApiSchema problem = Record([
            ("type", Text("A URI of the kind of problem.")),
            ("title", Text("The HTTP status in words.")),
            ("status", new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" }),
            ("detail", Text("One sentence: what is wrong and what to do.")),
            ("requestId", Text("Names this request in the service's log.")),
        ]);
        problem.Properties!["part"] = Optional("The name of the part at fault, where it is one.");
        return problem;
    }

    private static OpenApiSchema Record(IReadOnlyList<(string Name, IOpenApiSchema Schema)> properties) => new()
    {
        Type = JsonSchemaType.Object,
        Required = properties.Select(p => p.Name).ToHashSet(),
        Properties = properties.ToDictionary(p => p.Name, p => p.Schema),
    };

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };

    private static OpenApiSchema Optional(string description) => new() { Type = JsonSchemaType.String | JsonSchemaType.Null, Description = description };

    // Numbers that are none, which a network may come to, are written as null.
    private static OpenApiSchema Evidence() => new() { Type = JsonSchemaType.Number | JsonSchemaType.Null, Format = "float" };

    private static OpenApiSchema Probability() => new()
    {
        Type = JsonSchemaType.Number | JsonSchemaType.Null,
        Format = "float",
        Minimum = "0",
        Maximum = "1",
    };
}
