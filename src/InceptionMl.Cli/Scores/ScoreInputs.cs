using System.CommandLine;
using System.Runtime.CompilerServices;
using InceptionMl.Batch;
using InceptionMl.Scoring;

namespace InceptionMl.Cli;

/// <summary>The images that arguments name, one at a time.</summary>
internal static class ScoreInputs
{
    public const string StandardInput = "-";

    public static Argument<string[]> Argument()
    {
        Argument<string[]> inputs = new("inputs")
        {
            Description = "Images, folders or globs; - reads paths from standard input, one per line.",
            Arity = ArgumentArity.OneOrMore,
        };
        return inputs;
    }

    public static IEnumerable<ImageSource> Enumerate(string[] arguments, TextReader input, ScoreCounts counts, CancellationToken cancellationToken)
    {
        InputTally tally = new();
        IEnumerable<string> named = arguments.SelectMany(argument => argument == StandardInput ? Lines(input) : [argument]);
        foreach (ImageInput image in ImageInputs.Enumerate(named, tally, cancellationToken))
        {
            yield return image.Error is null ? ImageSource.FromFile(image.FullPath, image.Path) : ImageSource.Unusable(image.Path, image.Error);
        }

        counts.Ignored = tally.Ignored;
        counts.Diagnostics = tally.Diagnostics;
    }

    /// <summary>Gets the arguments, - replaced by the lines of standard input.</summary>
    public static async IAsyncEnumerable<string> NamedAsync(
        string[] arguments, TextReader input, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (string argument in arguments)
        {
            if (argument != StandardInput)
            {
                yield return argument;
                continue;
            }

            // A terminal's read cannot be called off; it is left to itself.
            while (await input.ReadLineAsync(cancellationToken).AsTask().WaitAsync(cancellationToken) is { } line)
            {
                if (line.Length > 0)
                {
                    yield return line;
                }
            }
        }
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
