using InceptionMl.Cli.Console;
using InceptionMl.Scoring;

namespace InceptionMl.Cli.Scores;

/// <summary>JSON Lines: one object an image.</summary>
internal sealed class JsonScoreFormat(TextWriter writer, int? top) : IScoreFormat
{
    public void Write(ScoringResult result) => writer.WriteLine(JsonLine.Write(json =>
    {
        json.WriteString("path", result.Name);
        if (!result.Succeeded)
        {
            json.WriteString("error", result.Error);
            return;
        }

        json.WriteString("label", result.Image.Label);
        json.WriteNumber("probability", result.Image.Probability);
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
}
