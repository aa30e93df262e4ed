using System.Text.Json;

namespace InceptionMl.Cli.Tests;

/// <summary>What a run of the tool gave.</summary>
internal sealed record ToolRun(int Status, string Output, string Error, string Table)
{
    /// <summary>The output as JSON, one value a line.</summary>
    public JsonElement[] Json => [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
}
