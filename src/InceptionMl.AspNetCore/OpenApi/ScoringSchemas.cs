using InceptionMl.AspNetCore.Requests;
using Microsoft.OpenApi;

namespace InceptionMl.AspNetCore.OpenApi;

/// <summary>The shapes of what is sent and answered, as the OpenAPI document names them.</summary>
internal static class ScoringSchemas
{
    public const string Answer = "ImageScores";
    public const string Result = "ImageResult";
    public const string Scored = "ScoredImage";
    public const string Refused = "RefusedImage";
    public const string Request = "Base64Images";
    public const string Problem = "ScoringProblem";

    /// <summary>Adds every shape to a document; a second endpoint finds them there.</summary>
    public static void AddTo(OpenApiDocument document)
    {
        document.AddComponent(Scored, ScoredImage());
        document.AddComponent(Refused, Record([
            ("name", Text("The image's name as it was sent.")),
            ("error", Text("What is wrong with the image and what to do, as a fragment that follows its name.")),
        ]));
        document.AddComponent(Result, new OpenApiSchema
        {
            OneOf = [new OpenApiSchemaReference(Scored, document), new OpenApiSchemaReference(Refused, document)],
        });
        document.AddComponent(Answer, ImageScores(document));
        document.AddComponent(Request, Base64Images());
        document.AddComponent(Problem, ScoringProblem());
    }

    /// <summary>File parts of a form, under any names.</summary>
    public static OpenApiSchema Form() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "One or more file parts, whatever their field names. The order of the parts is that of the results.",
        AdditionalProperties = Bytes(),
    };

    /// <summary>The bytes of one image.</summary>
    public static OpenApiSchema Bytes() => new() { Type = JsonSchemaType.String, Format = "binary", Description = "A JPEG, PNG, WebP, BMP or GIF file." };

    /// <summary>The query's number of labels.</summary>
    public static OpenApiParameter Top() => new()
    {
        Name = ScoringQuery.TopName,
        In = ParameterLocation.Query,
        Description = "Only so many labels of each image, the most probable first; without it every label in the model's order.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "1" },
    };

    /// <summary>Whether the answer holds heat maps.</summary>
    public static OpenApiParameter Explain() => new()
    {
        Name = ScoringQuery.ExplainName,
        In = ParameterLocation.Query,
        Description = "With true, every result says where in the image the evidence for its label lies.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.Boolean },
    };

    private static OpenApiSchema ScoredImage()
    {
        OpenApiSchema scored = Scores();
        scored.Properties!["explanation"] = Record([
            ("label", Text("The label that is explained.")),
            ("method", new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["class activation map", "occlusion"] }),
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
        return scored;
    }

    private static OpenApiSchema Scores() => Record([
        ("name", Text("The image's name as it was sent.")),
        ("label", Text("The most probable label.")),
        ("probability", Probability()),
        ("outcome", new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Enum = ["accepted", "uncertain", "unknown"],
            Description = "Whether the model stands by the label.",
        }),
        ("scores", new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = Probability(), Description = "Probabilities by label." }),
    ]);

    private static OpenApiSchema ImageScores(OpenApiDocument document) => Record([
        ("model", Record([("name", Text("The scorer's name.")), ("version", Text("The version of the model that made every result of this answer."))])),
        ("results", new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchemaReference(Result, document) }),
        ("requestId", Text("Names this request in the service's log.")),
    ]);

    private static OpenApiSchema Base64Images()
    {
        OpenApiSchema image = new()
        {
            Type = JsonSchemaType.Object,
            Required = new HashSet<string> { "base64" },
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["name"] = Text("The name to answer with."),
                ["base64"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "byte", Description = "The file's bytes (RFC 4648, section 4)." },
            },
        };
        return Record([("images", new OpenApiSchema { Type = JsonSchemaType.Array, MinItems = 1, Items = image })]);
    }

    private static OpenApiSchema ScoringProblem()
    {
        OpenApiSchema problem = Record([
            ("type", Text("A URI of the kind of problem.")),
            ("title", Text("The HTTP status in words.")),
            ("status", new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" }),
            ("detail", Text("One sentence: what is wrong and what to do.")),
            ("requestId", Text("Names this request in the service's log.")),
        ]);
        problem.Properties!["part"] = Text("The name of the part at fault, where it is one.");
        return problem;
    }

    private static OpenApiSchema Record(IReadOnlyList<(string Name, IOpenApiSchema Schema)> properties) => new()
    {
        Type = JsonSchemaType.Object,
        Required = properties.Select(p => p.Name).ToHashSet(),
        Properties = properties.ToDictionary(p => p.Name, p => p.Schema),
    };

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };

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
