using System.Text.Json;
using InceptionMl.Cli.Rendering;
using InceptionMl.Scoring;
using InceptionMl.Training.Batch;
using InceptionMl.Training.Batch.Resuming;

namespace InceptionMl.Cli.Scores;

/// <summary>JSON Lines: one object an image.</summary>
/// <param name="writer">Where they are written.</param>
/// <param name="top">How many labels; null for every one.</param>
/// <param name="withOutcome">Whether to tell if the model stands by the label.</param>
internal sealed class JsonScoreFormat(TextWriter writer, int? top, bool withOutcome = false) : IScoreFormat
{
    /// <summary>How results are told in a file of them.</summary>
    public static ScoreText Text { get; } = new(
        Header: null, (path, id) => JsonLine.Write(json => WriteInput(json, path, id)).TrimEnd('}'), Failure: ",\"error\":", QuotesHoldLines: false);

    public void Write(BatchScore score) => writer.WriteLine(JsonLine.Write(json =>
    {
        ScoringResult result = score.Result;
        WriteInput(json, result.Name, score.Id);
        if (!result.Succeeded)
        {
            json.WriteString("error", result.Error);
            return;
        }

        json.WriteString("label", result.Image.Label);
        json.WriteNumber("probability", result.Image.Probability);
        if (withOutcome)
        {
            json.WriteString("outcome", OutcomeWord.Format(result.Image.Outcome));
        }

        json.Object("scores", scores =>
        {
            IEnumerable<KeyValuePair<string, float>> chosen = top is int k ? result.Image.Top(k) : result.Image.Scores;
            foreach ((string label, float probability) in chosen)
            {
                scores.WriteNumber(label, probability);
            }
        });
    }));

    public void Dispose()
    {
    }

    private static void WriteInput(Utf8JsonWriter json, string path, string? id)
    {
        json.WriteString("path", path);
        if (id is not null)
        {
            json.WriteString("id", id);
        }
    }
}
