using System.Text.Json.Serialization;

namespace InceptionMl.Batch.Resuming;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ScoreOrigin))]
internal sealed partial class ScoreOriginJson : JsonSerializerContext;
