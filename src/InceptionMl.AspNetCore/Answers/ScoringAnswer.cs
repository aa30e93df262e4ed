using System.Text.Json;
using InceptionMl.AspNetCore.Queue;
using InceptionMl.Scoring;
using InceptionMl.Scoring.Explanations;
using Microsoft.AspNetCore.Http;

namespace InceptionMl.AspNetCore.Answers;

/// <summary>Writes <c>{"model":{..},"results":[..],"requestId":".."}</c>.</summary>
internal static class ScoringAnswer
{
    // Pictures of explanations are not gathered before they are sent.
    private const int LargestPending = 1 << 16;

    public static async Task WriteAsync(
        HttpContext context, string model, string version, IReadOnlyList<(string Name, ImageResult Result)> results, int? top)
    {
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        Utf8JsonWriter json = new(context.Response.BodyWriter);
        await using (json.ConfigureAwait(false))
        {
            json.WriteStartObject();
            json.WriteStartObject("model");
            json.WriteString("name", model);
            json.WriteString("version", version);
            json.WriteEndObject();
            json.WriteStartArray("results");
            foreach ((string name, ImageResult result) in results)
            {
                Write(json, name, result, top);
                if (json.BytesPending > LargestPending)
                {
                    await json.FlushAsync(context.RequestAborted).ConfigureAwait(false);
                    await context.Response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
                }
            }

            json.WriteEndArray();
            json.WriteString("requestId", context.TraceIdentifier);
            json.WriteEndObject();
        }
    }

    private static void Write(Utf8JsonWriter json, string name, ImageResult result, int? top)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        if (result.Image is { } image)
        {
            json.WriteString("label", image.Label);
            Write(json, "probability", image.Probability);
            json.WriteString("outcome", ImageOutcome.Word(image.Outcome));
            json.WriteStartObject("scores");
            foreach ((string label, float probability) in Scores(image, top))
            {
                Write(json, label, probability);
            }

            json.WriteEndObject();
            if (result.Explained is { } explained)
            {
                Write(json, explained);
            }
        }
        else
        {
            json.WriteString("error", result.Error);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ExplainedImage explained)
    {
        ImageExplanation explanation = explained.Explanation;
        json.WriteStartObject("explanation");
        json.WriteString("label", explanation.Label);
        json.WriteString("method", explanation.Method == ExplanationMethod.ClassActivationMap ? "class activation map" : "occlusion");
        json.WriteStartArray("grid");
        foreach (float[] row in explanation.Grid.ToArray().Chunk(explanation.Width))
        {
            json.WriteStartArray();
            foreach (float value in row)
            {
                Write(json, value);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteBase64String("overlay", explained.Overlay);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, float value)
    {
        json.WritePropertyName(name);
        Write(json, value);
    }

    private static void Write(Utf8JsonWriter json, float value)
    {
        if (float.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    private static IEnumerable<KeyValuePair<string, float>> Scores(ScoredImage image, int? top) => top is int count ? image.Top(count) : image.Scores;
}
