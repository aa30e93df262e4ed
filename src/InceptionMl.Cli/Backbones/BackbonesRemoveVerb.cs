using System.CommandLine;

namespace InceptionMl.Cli;

/// <summary><c>backbones remove NAME</c></summary>
internal static class BackbonesRemoveVerb
{
    public static Command Create(CommandContext context, Option<string?> store)
    {
        Argument<string> name = new("name") { Description = "A stored backbone." };
        Option<bool> json = CommonOptions.Json();
        Command verb = new("remove", "Remove a stored backbone; models made with it hold what they need.") { name, json };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            string stored = parsed.GetRequiredValue(name);
            await StoreOption.Open(parsed, store, context).RemoveAsync(stored, cancellationToken);
            context.Writer(parsed.GetValue(json)).WriteLine(parsed.GetValue(json) ? JsonLine.Write(new RemovedBackboneOutput(stored)) : $"{stored} is removed.");
            return ExitStatus.Done;
        });
        return verb;
    }
}

/// <summary><c>backbones remove --json</c></summary>
internal sealed record RemovedBackboneOutput(string Removed);
