using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using InceptionMl.Shared.Json;
using InceptionMl.Training.Checks;

namespace InceptionMl.Cli;

/// <summary>What commands write for programs: a record per command, whose properties are the keys in their order. Each stands beside its command.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters = [typeof(FiniteSingleConverter), typeof(FiniteDoubleConverter)])]
[JsonSerializable(typeof(BackboneOutput))]
[JsonSerializable(typeof(ClassNamesOutput))]
[JsonSerializable(typeof(ClassifiedOutput))]
[JsonSerializable(typeof(ComparedBackboneOutput))]
[JsonSerializable(typeof(ComparisonOutput))]
[JsonSerializable(typeof(ConvolutionOutput))]
[JsonSerializable(typeof(DatasetFinding))]
[JsonSerializable(typeof(DriftOutput))]
[JsonSerializable(typeof(EvaluationOutput))]
[JsonSerializable(typeof(ExplainOutput))]
[JsonSerializable(typeof(ExportOutput))]
[JsonSerializable(typeof(FeaturizeOutput))]
[JsonSerializable(typeof(ImportOutput))]
[JsonSerializable(typeof(ListedBackbone))]
[JsonSerializable(typeof(NetworkOutput))]
[JsonSerializable(typeof(PruneOutput))]
[JsonSerializable(typeof(PullOutput))]
[JsonSerializable(typeof(RemovedBackboneOutput))]
[JsonSerializable(typeof(RetrainOutput))]
[JsonSerializable(typeof(ScaffoldOutput))]
[JsonSerializable(typeof(ShownVersionOutput))]
[JsonSerializable(typeof(SuggestionOutput))]
[JsonSerializable(typeof(SwitchOutput))]
[JsonSerializable(typeof(TrainOutput))]
[JsonSerializable(typeof(UnclassifiedOutput))]
[JsonSerializable(typeof(VerifiedBackboneOutput))]
[JsonSerializable(typeof(VersionOutput))]
internal sealed partial class OutputJson : JsonSerializerContext;

/// <summary>Features that were in the cache, and those that were not.</summary>
internal sealed record CacheOutput(int Hits, int Misses);

/// <summary>Seconds by step; a command leaves out the steps that it does not have.</summary>
internal sealed record SecondsOutput(
    double Featurize,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Head,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Compare,
    double Total);

/// <summary>The result of a command as one line of JSON.</summary>
internal static class JsonLine
{
    // Results go to programs, never into a web page: letters stay letters.
    private static readonly OutputJson Json = new(new JsonSerializerOptions(OutputJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Writes a record that <see cref="OutputJson"/> lists.</summary>
    public static string Write<T>(T output) => JsonSerializer.Serialize(output, (JsonTypeInfo<T>)Json.GetTypeInfo(typeof(T))!);
}
