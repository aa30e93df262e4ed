using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using InceptionMl.Scoring;
using InceptionMl.Scoring.Explanations;
using InceptionMl.Shared.Json;
using Microsoft.AspNetCore.Http;

namespace InceptionMl.AspNetCore;

/// <summary>What scoring answers. The OpenAPI document is made from this record and those below it.</summary>
internal sealed record ScoringAnswer(
    ModelAnswer Model,
    IEnumerable<ImageAnswer> Results,
    [property: Description("Names this request in the service's log.")] string RequestId)
{
    /// <summary>Writes an answer. Results are sent as they are written, so that pictures of explanations are not gathered first.</summary>
    public static Task WriteAsync(HttpContext context, string model, string version, IReadOnlyList<(string Name, ImageResult Result)> results, int? top)
    {
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        ScoringAnswer answer = new(new ModelAnswer(model, version), results.Select(result => ImageAnswer.Create(result.Name, result.Result, top)), context.TraceIdentifier);
        return JsonSerializer.SerializeAsync(context.Response.BodyWriter, answer, AnswerJson.Default.ScoringAnswer, context.RequestAborted);
    }
}

internal sealed record ModelAnswer(
    [property: Description("The scorer's name.")] string Name,
    [property: Description("The version of the model that made every result of this answer.")] string Version);

// One type with members that may be missing: generators of clients make nothing of two types without a discriminator.
[Description("An image's scores, or the error that says why it could not be read.")]
internal sealed record ImageAnswer(
    [property: Description("The image's name as it was sent.")] string Name,
    [property: Description("The most probable label; missing where the image could not be read.")] string? Label,
    [property: Range(0, 1)] float? Probability,
    [property: AllowedValues("accepted", "uncertain", "unknown"), Description("Whether the model stands by the label; missing where the image could not be read.")] ScoringOutcome? Outcome,
    [property: Description("The labels that may be the true one, the most probable first; missing where no sets are asked for.")] IReadOnlyList<string>? Set,
    [property: Range(0, 1), Description("Probabilities by label; missing where the image could not be read.")] IReadOnlyDictionary<string, float>? Scores,
    ExplanationAnswer? Explanation,
    [property: Description("What is wrong with the image and what to do, as a fragment that follows its name; missing where it was scored.")] string? Error)
{
    public static ImageAnswer Create(string name, ImageResult result, int? top) => new(
        name,
        result.Image?.Label,
        result.Image?.Probability,
        result.Image?.Outcome,
        result.Image?.Set,
        result.Image is not { } image ? null : top is { } count ? new OrderedDictionary<string, float>(image.Top(count)) : image.Scores,
        result.Explained is { } explained ? ExplanationAnswer.Create(explained) : null,
        result.Image is null ? result.Error : null);
}

internal sealed record ExplanationAnswer(
    [property: Description("The label that is explained.")] string Label,
    [property: Description("How it was found: class activation map, or occlusion.")] string Method,
    [property: Description("Rows from the top: the evidence at each position, in units of the logit, below zero where it speaks against the label.")] IEnumerable<float[]> Grid,
    [property: Description("The map drawn over the picture, a PNG file in base64.")] byte[] Overlay)
{
    public static ExplanationAnswer Create(ExplainedImage explained) => new(
        explained.Explanation.Label,
        explained.Explanation.Method == ExplanationMethod.ClassActivationMap ? "class activation map" : "occlusion",
        explained.Explanation.Grid.ToArray().Chunk(explained.Explanation.Width),
        explained.Overlay);
}

/// <summary>The members of every problem that scoring answers; the framework writes it.</summary>
internal sealed record ProblemAnswer(
    [property: Description("A URI of the kind of problem.")] string Type,
    [property: Description("The HTTP status in words.")] string Title,
    int Status,
    [property: Description("One sentence: what is wrong and what to do.")] string Detail,
    [property: Description("Names this request in the service's log.")] string RequestId,
    [property: Description("The name of the part at fault, where it is one.")] string? Part);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters = [typeof(FiniteSingleConverter)])]
[JsonSerializable(typeof(ScoringAnswer))]
[JsonSerializable(typeof(ProblemAnswer))]
internal sealed partial class AnswerJson : JsonSerializerContext;
