using System.Text.Json.Serialization;

namespace InceptionMl.AspNetCore;

/// <summary>What the page has to know before its first request.</summary>
/// <param name="Score">The scoring endpoint's address, relative to the page's own.</param>
/// <param name="AsksForKey">Whether requests must carry a key.</param>
/// <param name="MaxImageBytes">Bytes of an image file; a browser would report a longer one that is refused on its way as a lost connection.</param>
/// <param name="Collects">Whether corrections are kept.</param>
/// <param name="Model">The model; null if a key is asked for, since whoever has none is told nothing.</param>
internal sealed record PageSettings(string Score, bool AsksForKey, int MaxImageBytes, PageModel? Model, bool Collects);

/// <summary>The model as answers name it.</summary>
internal sealed record PageModel(string Name, string? Version);

/// <summary>The form on the wire of what the page asks for.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PageSettings))]
[JsonSerializable(typeof(ServedModel))]
[JsonSerializable(typeof(KeptCorrection))]
internal sealed partial class PageJson : JsonSerializerContext;
