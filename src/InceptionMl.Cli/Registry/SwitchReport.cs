using InceptionMl.Cli.Rendering;
using InceptionMl.Models.Registry;

namespace InceptionMl.Cli.Registry;

/// <summary>Which version is in use now, and which was before.</summary>
internal static class SwitchReport
{
    public static Task WriteAsync(CommandContext context, bool asJson, string registry, ModelVersion now, string? before) => context.Writer(asJson).WriteLineAsync(asJson
        ? JsonLine.Write(new SwitchOutput(registry, now.Version, before))
        : before == now.Version ? $"{now.Version} is the promoted version already."
        : before is null ? $"{now.Version} is promoted; nothing was before."
        : $"{now.Version} is promoted; before it was {before}.");
}

/// <summary><c>models promote --json</c> and <c>models rollback --json</c></summary>
internal sealed record SwitchOutput(string Registry, string Version, string? Previous);
