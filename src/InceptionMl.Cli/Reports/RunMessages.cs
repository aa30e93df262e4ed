using System.Text.Json;
using InceptionMl.Cli.Console;
using InceptionMl.Training.Training;

namespace InceptionMl.Cli.Reports;

/// <summary>What a run wants known besides its result: warnings, and images left out.</summary>
internal static class RunMessages
{
    public static void Write(TextWriter error, IReadOnlyList<string> warnings, IReadOnlyList<ImageProblem> problems)
    {
        foreach (string warning in warnings)
        {
            error.WriteLine($"warning: {warning}");
        }

        foreach (ImageProblem problem in problems)
        {
            error.WriteLine($"left out: {problem.Path} {problem.Problem}");
        }
    }

    public static void ToJson(Utf8JsonWriter json, string name, IReadOnlyList<ImageProblem> problems) => json.Array(name, problems, (writer, problem) =>
    {
        writer.WriteStartObject();
        writer.WriteString("path", problem.Path);
        writer.WriteString("problem", problem.Problem);
        writer.WriteEndObject();
    });
}
