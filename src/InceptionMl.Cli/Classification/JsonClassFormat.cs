using InceptionMl.Backbones.Classification;
using InceptionMl.Cli.Rendering;

namespace InceptionMl.Cli.Classification;

/// <summary>JSON Lines: one object per image, its most probable classes in an array, since two classes may share a name.</summary>
internal sealed class JsonClassFormat(TextWriter writer) : IClassFormat
{
    public void Write(ClassifiedImage image) => writer.WriteLine(image.Succeeded
        ? JsonLine.Write(new ClassifiedOutput(
            image.Name,
            image.Top[0].Label,
            image.Top[0].WordNetId,
            image.Top[0].Probability,
            [.. image.Top.Select(score => new ClassScoreOutput(score.Label, score.WordNetId, score.Index, score.Probability))]))
        : JsonLine.Write(new UnclassifiedOutput(image.Name, image.Error)));

    public void Dispose()
    {
    }
}

/// <summary>A line of <c>classify --json</c>.</summary>
internal sealed record ClassifiedOutput(string Path, string Label, string? WordNetId, float Probability, IReadOnlyList<ClassScoreOutput> Scores);

internal sealed record ClassScoreOutput(string Label, string? WordNetId, int Index, float Probability);

/// <summary>A line of <c>classify --json</c> for an image that cannot be read.</summary>
internal sealed record UnclassifiedOutput(string Path, string Error);
