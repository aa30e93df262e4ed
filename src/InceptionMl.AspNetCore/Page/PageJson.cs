using System.Text.Json.Serialization;

namespace InceptionMl.AspNetCore.Page;

/// <summary>The settings' form on the wire.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PageSettings))]
internal sealed partial class PageJson : JsonSerializerContext;
