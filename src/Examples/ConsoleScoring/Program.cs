using System.Globalization;
using InceptionMl.Models;
using InceptionMl.Scoring;

if (args is not [string model, _, ..])
{
    Console.Error.WriteLine("usage: ConsoleScoring MODEL.zip IMAGE...");
    return 2;
}

try
{
    using ImageScorer scorer = ImageScorer.Open(model);
    int status = 0;
    await foreach (ScoringResult result in scorer.ScoreAsync(args.Skip(1).Select(path => ImageSource.FromFile(path))))
    {
        if (result.Succeeded)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result.Name}\t{result.Image.Label}\t{result.Image.Probability:0.0000}"));
        }
        else
        {
            Console.Error.WriteLine($"{result.Name} {result.Error}");
            status = 3;
        }
    }

    return status;
}
catch (Exception exception) when (exception is ModelFormatException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
