using System.Text.Json.Serialization;
using InceptionMl.AspNetCore.Corrections;
using InceptionMl.AspNetCore.Models;

namespace InceptionMl.AspNetCore.Page;

/// <summary>The form on the wire of what the page asks for.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PageSettings))]
[JsonSerializable(typeof(ServedModel))]
[JsonSerializable(typeof(KeptCorrection))]
internal sealed partial class PageJson : JsonSerializerContext;
