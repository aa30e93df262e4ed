using InceptionMl.AspNetCore.Requests;
using Microsoft.OpenApi;

namespace InceptionMl.AspNetCore.OpenApi;

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
