using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace InceptionMl.AspNetCore;

/// <summary>Describes the endpoint to the application's OpenAPI document, where it has one.</summary>
internal static class ScoringOperation
{
    private const string Usual = "score";
    private const string Id = "ScoreImages";
    private const string JsonProblem = "application/problem+json";

    private static readonly (string Status, string Description)[] Problems =
    [
        ("400", "The body or the query is malformed."),
        ("401", "The key is missing or wrong, where the service asks for one."),
        ("408", "The body came too slowly."),
        ("413", "Too many bytes, pixels or images."),
        ("415", "The content type is none that holds images."),
        ("422", "The request's only image cannot be read; `part` names it."),
        ("500", "The service failed."),
    ];

    /// <summary>Describes it as it is set up.</summary>
    /// <param name="path">The endpoint's path, which its id is made of where it is not the usual one: ids are unique in a document.</param>
    /// <param name="operation">What is described.</param>
    /// <param name="document">Where shapes and ways to send a key are added.</param>
    /// <param name="asksForKey">Whether requests must carry a key.</param>
    public static void Describe(string? path, OpenApiOperation operation, OpenApiDocument document, bool asksForKey)
    {
        ScoringSchemas.AddTo(document);
        operation.OperationId = OperationId(path);
        operation.Summary = "Score images";
        operation.Description = "Scores one image or many. An image among several that cannot be read is an error among the results; the others are scored. "
            + "Images are also taken as application/json: " + ScoringExamples.Request;
        operation.Parameters = ScoringSchemas.Query();
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Description = "Files of a form, or the bytes of one image.",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [BodyKinds.MultipartType] = Form(),
                [BodyKinds.AnyImageType] = Media(ScoringSchemas.Bytes()),
                [BodyKinds.BytesType] = Media(ScoringSchemas.Bytes()),
            },
        };
        operation.Responses = new OpenApiResponses
        {
            ["200"] = Response(
                "A result an image, in the order of the images.", BodyKinds.JsonType, new OpenApiSchemaReference(ScoringSchemas.Answer, document), ScoringExamples.Answer),
        };
        foreach ((string status, string description) in Problems)
        {
            operation.Responses[status] = Problem(description, document, status == "422" ? ScoringExamples.Problem : null);
        }

        operation.Responses["503"] = Busy(document);
        if (asksForKey)
        {
            operation.Security = ScoringKey.AddTo(document);
        }
    }

    // The form that is JSON is told in the description: generators of clients make one method of all forms, and put one into the other's body.
    // Where a part's encoding is given, Kiota's clients send files and not JSON.
    private static OpenApiMediaType Form() => new()
    {
        Schema = ScoringSchemas.Form(),
        Encoding = new Dictionary<string, OpenApiEncoding> { [ScoringSchemas.Files] = new() { ContentType = $"{BodyKinds.AnyImageType}, {BodyKinds.BytesType}" } },
    };

    private static OpenApiResponse Busy(OpenApiDocument document)
    {
        OpenApiResponse response = Problem("Too many images are waiting; Retry-After says when to try again.", document);
        response.Headers = new Dictionary<string, IOpenApiHeader>
        {
            ["Retry-After"] = new OpenApiHeader
            {
                Description = "Seconds to wait.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "1" },
            },
        };
        return response;
    }

    private static OpenApiResponse Problem(string description, OpenApiDocument document, string? example = null) =>
        Response(description, JsonProblem, new OpenApiSchemaReference(ScoringSchemas.Problem, document), example);

    private static OpenApiResponse Response(string description, string type, IOpenApiSchema schema, string? example) => new()
    {
        Description = description,
        Content = new Dictionary<string, OpenApiMediaType> { [type] = Media(schema, example) },
    };

    private static OpenApiMediaType Media(IOpenApiSchema schema, string? example = null) =>
        new() { Schema = schema, Example = example is null ? null : JsonNode.Parse(example) };

    private static string OperationId(string? path)
    {
        IEnumerable<string> words = (path ?? Usual).Split('/', '-', '.', '_').Select(word => string.Concat(word.Where(char.IsAsciiLetterOrDigit)));
        string id = string.Concat(words.Where(word => word.Length > 0).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        return id is "Score" or "" ? Id : Id + "At" + id;
    }
}

/// <summary>The two ways to send a key, of which a request takes one.</summary>
internal static class ScoringKey
{
    private const string Named = "apiKey";
    private const string Bearer = "bearer";

    /// <summary>Adds both to a document; a second endpoint finds them there.</summary>
    /// <returns>The requirement of either.</returns>
    public static IList<OpenApiSecurityRequirement> AddTo(OpenApiDocument document)
    {
        document.AddComponent<IOpenApiSecurityScheme>(Named, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = ApiKeyCheck.Header,
            Description = "The service's key.",
        });
        document.AddComponent<IOpenApiSecurityScheme>(Bearer, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = Bearer,
            Description = "The service's key as Authorization: Bearer.",
        });
        return [Requirement(Named), Requirement(Bearer)];

        OpenApiSecurityRequirement Requirement(string scheme) => new() { [new OpenApiSecuritySchemeReference(scheme, document)] = [] };
    }
}

/// <summary>What the OpenAPI document shows as examples.</summary>
internal static class ScoringExamples
{
    /// <summary>A request with one image: a PNG file of one pixel.</summary>
    public const string Request = """
        {"images":[{"name":"one.png","base64":"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="}]}
        """;

    public const string Answer = """
        {
          "model": {"name": "defects", "version": "0007"},
          "results": [
            {"name": "one.jpg", "label": "scratch", "probability": 0.97, "outcome": "accepted", "scores": {"scratch": 0.97, "dent": 0.02, "none": 0.01}},
            {"name": "two.png", "error": "is a PNG file that ends before its picture does: copy it again from its source"}
          ],
          "requestId": "0HNQ9F1KJ7BU9:00000001"
        }
        """;

    public const string Problem = """
        {
          "type": "https://tools.ietf.org/html/rfc4918#section-11.2",
          "title": "Unprocessable Entity",
          "status": 422,
          "detail": "two.png is a PNG file that ends before its picture does: copy it again from its source.",
          "requestId": "0HNQ9F1KJ7BU9:00000002",
          "part": "two.png"
        }
        """;
}
