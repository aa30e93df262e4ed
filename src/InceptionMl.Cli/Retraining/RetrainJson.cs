using InceptionMl.Cli.Rendering;
using InceptionMl.Cli.Reports;
using InceptionMl.Training.Pipelines;
using InceptionMl.Training.Retraining;

namespace InceptionMl.Cli.Retraining;

/// <summary>What a retraining gave, for programs.</summary>
internal static class RetrainJson
{
    public static string Write(RetrainResult result, Pipeline pipeline) => JsonLine.Write(json =>
    {
        json.WriteString("registry", result.Registry);
        json.WriteString("version", result.Version);
        json.WriteBoolean("promoted", result.Promoted);
        json.Strings("reasons", result.Decision.Deciding.Select(rule => rule.Message));
        json.Array("rules", result.Decision.Results, (rules, rule) =>
        {
            rules.WriteStartObject();
            rules.WriteString("id", rule.RuleId);
            rules.WriteBoolean("holds", rule.Holds);
            rules.Number("value", rule.Value);
            rules.Number("limit", rule.Limit);
            rules.WriteString("label", rule.Label);
            rules.WriteString("message", rule.Message);
            rules.WriteEndObject();
        });
        if (result.Champion is { } champion)
        {
            json.Object("champion", of => Standing(of, champion));
        }
        else
        {
            json.WriteNull("champion");
        }

        json.Object("challenger", of => Standing(of, result.Challenger));
        json.Object("test", test => test.WriteNumber("images", result.Comparison?.Champion.Images ?? result.Training.Test.Images));
        json.Object("cache", cache =>
        {
            cache.WriteNumber("hits", result.Training.CacheHits);
            cache.WriteNumber("misses", result.Training.CacheMisses);
        });
        json.Object("seconds", seconds =>
        {
            seconds.Number("featurize", result.Training.FeaturizeSeconds);
            seconds.Number("head", result.Training.HeadSeconds);
            seconds.Number("compare", result.CompareSeconds);
            seconds.Number("total", result.TotalSeconds);
        });
        json.Strings("changes", result.Diagnostics.Select(diagnostic => diagnostic.Message));
        json.WriteStartArray("testRelabels");
        foreach (TestRelabel relabel in result.Changes?.TestRelabels ?? [])
        {
            json.WriteStartObject();
            json.WriteString("path", relabel.Path);
            json.WriteString("frozen", relabel.Frozen);
            json.WriteString("now", relabel.Now);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        RunMessages.ToJson(json, "problems", result.Training.Problems);
        json.Strings("warnings", [.. result.Training.Diagnostics.Select(diagnostic => diagnostic.Message), .. NeverGivenText.Create(result.Training, pipeline)]);
        RunMessages.ToJson(json, [.. result.Diagnostics, .. result.Training.Diagnostics]);
    });

    private static void Standing(System.Text.Json.Utf8JsonWriter json, ModelScore standing)
    {
        json.WriteString("version", standing.Version);
        json.Number("accuracy", standing.Accuracy);
    }
}
