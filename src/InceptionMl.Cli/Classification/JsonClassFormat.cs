using InceptionMl.Backbones.Classification;
using InceptionMl.Cli.Rendering;

namespace InceptionMl.Cli.Classification;

/// <summary>JSON Lines: one object per image, its most probable classes in an array, since two classes may share a name.</summary>
internal sealed class JsonClassFormat(TextWriter writer) : IClassFormat
{
    public void Write(ClassifiedImage image) => writer.WriteLine(JsonLine.Write(json =>
    {
        json.WriteString("path", image.Name);
        if (!image.Succeeded)
        {
            json.WriteString("error", image.Error);
            return;
        }

        ClassScore best = image.Top[0];
        json.WriteString("label", best.Label);
        json.WriteString("wordNetId", best.WordNetId);
        json.WriteNumber("probability", best.Probability);
        json.Array("scores", image.Top, (scores, score) =>
        {
            scores.WriteStartObject();
            scores.WriteString("label", score.Label);
            scores.WriteString("wordNetId", score.WordNetId);
            scores.WriteNumber("index", score.Index);
            scores.WriteNumber("probability", score.Probability);
            scores.WriteEndObject();
        });
    }));

    public void Dispose()
    {
    }
}
