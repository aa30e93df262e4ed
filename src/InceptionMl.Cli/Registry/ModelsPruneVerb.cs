using System.CommandLine;
using InceptionMl.Training.Versions;

namespace InceptionMl.Cli;

/// <summary><c>models prune REGISTRY --keep N</c></summary>
internal static class ModelsPruneVerb
{
    private const int KeptByDefault = 10;

    public static Command Create(CommandContext context)
    {
        Argument<string> registry = RegistryArguments.Registry();
        Option<int> keep = new("--keep") { Description = "How many of the newest versions to keep; 10 by default.", DefaultValueFactory = _ => KeptByDefault };
        Option<bool> json = CommonOptions.Json();
        Option<string> format = CommonOptions.Format();
        Command verb = new("prune", "Delete old versions, never the promoted one nor the one a rollback returns to.") { registry, keep, json, format };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            int kept = parsed.GetValue(keep) is var count and >= 1 ? count : throw new UsageException($"--keep {parsed.GetValue(keep)} is less than 1.");
            string folder = parsed.GetRequiredValue(registry);
            using RegistryWriter writer = await RegistryArguments.HoldAsync(context, folder, "models prune", cancellationToken);
            IReadOnlyList<string> removed = writer.Prune(kept, cancellationToken);
            string[] left = [.. writer.Registry.Versions.Select(version => version.Version)];
            await context.Writer(CommonOptions.IsJson(parsed, json, format)).WriteLineAsync(CommonOptions.IsJson(parsed, json, format)
                ? JsonLine.Write(new PruneOutput(folder, removed, left))
                : FormattableString.Invariant($"{removed.Count} removed{(removed.Count > 0 ? $" ({string.Join(", ", removed)})" : "")}, {left.Length} kept."));
            return ExitStatus.Done;
        });
        return verb;
    }
}

/// <summary><c>models prune --json</c></summary>
internal sealed record PruneOutput(string Registry, IReadOnlyList<string> Removed, IReadOnlyList<string> Kept);
