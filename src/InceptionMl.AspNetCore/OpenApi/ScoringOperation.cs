using InceptionMl.AspNetCore.Requests;
using Microsoft.OpenApi;

namespace InceptionMl.AspNetCore.OpenApi;

/// <summary>Describes the endpoint to the application's OpenAPI document, where it has one.</summary>
internal static class ScoringOperation
{
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
    /// <param name="operation">What is described.</param>
    /// <param name="document">Where shapes and ways to send a key are added.</param>
    /// <param name="asksForKey">Whether requests must carry a key.</param>
    public static void Describe(OpenApiOperation operation, OpenApiDocument document, bool asksForKey)
    {
        ScoringSchemas.AddTo(document);
        operation.Summary = "Score images";
        operation.Description = "Scores one image or many. An image among several that cannot be read is an error among the results; the others are scored.";
        operation.Parameters = [ScoringSchemas.Top(), ScoringSchemas.Explain()];
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [BodyKinds.MultipartType] = Media(ScoringSchemas.Form()),
                [BodyKinds.JsonType] = Media(new OpenApiSchemaReference(ScoringSchemas.Request, document)),
                [BodyKinds.AnyImageType] = Media(ScoringSchemas.Bytes()),
                [BodyKinds.BytesType] = Media(ScoringSchemas.Bytes()),
            },
        };
        operation.Responses = new OpenApiResponses
        {
            ["200"] = Response(
                "A result an image, in the order of the images.", BodyKinds.JsonType, new OpenApiSchemaReference(ScoringSchemas.Answer, document)),
        };
        foreach ((string status, string description) in Problems)
        {
            operation.Responses[status] = Problem(description, document);
        }

        operation.Responses["503"] = Busy(document);
        if (asksForKey)
        {
            operation.Security = ScoringKey.AddTo(document);
        }
    }

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

    private static OpenApiResponse Problem(string description, OpenApiDocument document) =>
        Response(description, JsonProblem, new OpenApiSchemaReference(ScoringSchemas.Problem, document));

    private static OpenApiResponse Response(string description, string type, IOpenApiSchema schema) => new()
    {
        Description = description,
        Content = new Dictionary<string, OpenApiMediaType> { [type] = Media(schema) },
    };

    private static OpenApiMediaType Media(IOpenApiSchema schema) => new() { Schema = schema };
}
