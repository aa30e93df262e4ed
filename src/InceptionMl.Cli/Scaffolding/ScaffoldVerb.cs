using System.CommandLine;
using InceptionMl.Training.Scaffolding.Internal;

namespace InceptionMl.Cli;

/// <summary><c>scaffold MODEL.zip|REGISTRY --out DIR --name NAME</c></summary>
internal static class ScaffoldVerb
{
    public static Command Create(CommandContext context)
    {
        Argument<string> model = new("model") { Description = ModelPath.Description };
        Option<string> output = new("--out") { Description = "The folder to write; empty, or not there yet.", Required = true };
        Option<string> name = new("--name") { Description = "Name of the generated class, and how the files' names begin.", Required = true };
        Option<bool> force = new("--force") { Description = "Write into a folder that is not empty: files of the same names are replaced, all others stay." };
        Option<bool> json = CommonOptions.Json();
        Option<string> format = CommonOptions.Format();
        Command verb = new("scaffold", "Write C# that uses a model, trains it again and measures it, with a console and a web API project.")
        {
            model, output, name, force, json, format,
        };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            string given = parsed.GetRequiredValue(model);
            string folder = parsed.GetRequiredValue(output);
            ScaffoldOptions options = new() { Name = parsed.GetRequiredValue(name), ReplaceFiles = parsed.GetValue(force) };
            if (ScaffoldName.Problem(options.Name) is { } problem)
            {
                throw new UsageException(problem);
            }

            IReadOnlyList<string> files = new ModelScaffold(options).Write(ModelPath.Resolve(given), folder, cancellationToken);
            string[] paths = [.. files.Select(file => $"{folder.TrimEnd('/')}/{file}")];
            if (CommonOptions.IsJson(parsed, json, format))
            {
                await context.Output.WriteLineAsync(JsonLine.Write(new ScaffoldOutput(given, options.Name, paths)));
                return ExitStatus.Done;
            }

            foreach (string path in paths)
            {
                await context.Text.WriteLineAsync(path);
            }

            await context.Error.WriteLineAsync($"Next: dotnet run --project \"{Path.Combine(folder, "console")}\" -- IMAGE. The README.md there says the rest.");
            return ExitStatus.Done;
        });
        return verb;
    }
}

/// <summary><c>scaffold --json</c></summary>
internal sealed record ScaffoldOutput(string Model, string Name, IReadOnlyList<string> Files);
