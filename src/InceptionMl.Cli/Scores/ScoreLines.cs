using System.Runtime.CompilerServices;
using System.Text.Json;
using InceptionMl.Scoring;
using InceptionMl.Training.Batch;

namespace InceptionMl.Cli.Scores;

/// <summary>Reads what <see cref="JsonScoreFormat"/> has written with outcomes and with every label: the same results to the bit.</summary>
internal static class ScoreLines
{
    public static async IAsyncEnumerable<BatchScore> ReadAsync(Stream lines, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using StreamReader reader = new(lines, leaveOpen: true);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            using JsonDocument document = JsonDocument.Parse(line);
            yield return Score(document.RootElement);
        }
    }

    private static BatchScore Score(JsonElement line)
    {
        string path = line.GetProperty("path").GetString()!;
        string? id = line.TryGetProperty("id", out JsonElement given) ? given.GetString() : null;
        string? error = line.TryGetProperty("error", out JsonElement failure) ? failure.GetString() : null;
        return new BatchScore(id, new ScoringResult(path, error is null ? Image(line) : null, error));
    }

    private static ScoredImage Image(JsonElement line)
    {
        OrderedDictionary<string, float> scores = [];
        foreach (JsonProperty score in line.GetProperty("scores").EnumerateObject())
        {
            scores.Add(score.Name, score.Value.GetSingle());
        }

        return new ScoredImage
        {
            Label = line.GetProperty("label").GetString()!,
            Probability = line.GetProperty("probability").GetSingle(),
            Outcome = OutcomeWord.Parse(line.GetProperty("outcome").GetString()),
            Scores = scores,
        };
    }
}
