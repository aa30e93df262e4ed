using System.CommandLine;
using InceptionMl.Backbones;

namespace InceptionMl.Cli;

/// <summary><c>backbones verify [NAME]</c></summary>
internal static class BackbonesVerifyVerb
{
    public static Command Create(CommandContext context, Option<string?> store)
    {
        Argument<string?> name = new("name") { Description = "A stored backbone. The default is all of them.", Arity = ArgumentArity.ZeroOrOne };
        Option<bool> json = CommonOptions.Json();
        Command verb = new("verify", "Read stored backbones whole and compare them with their checksums.") { name, json };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            BackboneStore backbones = StoreOption.Open(parsed, store, context);
            string[] names = parsed.GetValue(name) is { } one
                ? [StoredName.Require(backbones, one).Name]
                : [.. backbones.List().Select(backbone => backbone.Name)];
            int damaged = 0;
            foreach (string stored in names)
            {
                string? problem = await ProblemAsync(backbones, stored, cancellationToken);
                damaged += problem is null ? 0 : 1;
                context.Writer(parsed.GetValue(json)).WriteLine(parsed.GetValue(json) ? JsonLine.Write(new VerifiedBackboneOutput(stored, problem is null, problem)) : $"{stored}: {problem ?? "whole"}");
            }

            if (names.Length == 0)
            {
                context.Error.WriteLine($"{backbones.Folder} holds no backbones.");
            }

            return damaged == 0 ? ExitStatus.Done : ExitStatus.Failed;
        });
        return verb;
    }

    private static async Task<string?> ProblemAsync(BackboneStore store, string name, CancellationToken cancellationToken)
    {
        try
        {
            await store.VerifyAsync(name, cancellationToken);
            return null;
        }
        catch (BackboneException exception)
        {
            return exception.Message;
        }
    }
}

/// <summary>A line of <c>backbones verify --json</c>.</summary>
internal sealed record VerifiedBackboneOutput(string Name, bool Whole, string? Problem);
