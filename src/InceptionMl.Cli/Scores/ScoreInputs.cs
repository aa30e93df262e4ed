using InceptionMl.Scoring;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Cli.Scores;

/// <summary>The images that the arguments of <c>score</c> name, one at a time.</summary>
internal static class ScoreInputs
{
    private const string StandardInput = "-";

    public static IEnumerable<ImageSource> Enumerate(string[] arguments, TextReader input, ScoreCounts counts, CancellationToken cancellationToken)
    {
        InputTally tally = new();
        IEnumerable<string> named = arguments.SelectMany(argument => argument == StandardInput ? Lines(input) : [argument]);
        foreach (ImageInput image in ImageInputs.Enumerate(named, tally, cancellationToken))
        {
            yield return image.Error is null ? ImageSource.FromFile(image.FullPath, image.Path) : ImageSource.Unusable(image.Path, image.Error);
        }

        counts.Ignored = tally.Ignored;
        counts.Warnings = tally.Warnings;
    }

    private static IEnumerable<string> Lines(TextReader input)
    {
        while (input.ReadLine() is { } line)
        {
            if (line.Length > 0)
            {
                yield return line;
            }
        }
    }
}
