using System.CommandLine;
using InceptionMl.Networks.Graph;

namespace InceptionMl.Cli;

/// <summary><c>network conv --input HxWxC --filters N --kernel K [--bottleneck B]</c>: the textbook question.</summary>
internal static class ConvolutionVerb
{
    public static Command Create(CommandContext context)
    {
        Option<string> input = new("--input") { Description = "The map the convolution works on, as 28x28x192.", Required = true };
        Option<int> filters = new("--filters") { Description = "Output channels.", Required = true };
        Option<string> kernel = new("--kernel") { Description = "Sides of the kernel: 5, or 1x7.", Required = true };
        Option<int?> bottleneck = new("--bottleneck") { Description = "Channels that a 1x1 convolution before it leaves." };
        Option<string> format = new("--format") { Description = "table (default) or json.", DefaultValueFactory = _ => "table" };
        format.AcceptWords("table", "json");
        Option<bool> json = CommonOptions.Json();
        Command verb = new("conv", "Count the multiply-adds of one convolution, directly and through a 1x1 bottleneck.")
        {
            input, filters, kernel, bottleneck, format, json,
        };
        verb.SetAction(parsed =>
        {
            ConvolutionCost cost = Count(
                parsed.GetRequiredValue(input), parsed.GetRequiredValue(filters), parsed.GetRequiredValue(kernel), parsed.GetValue(bottleneck));
            bool asJson = parsed.GetValue(json) || parsed.GetValue(format) == "json";
            context.Output.Write(asJson ? ToJson(cost) + "\n" : ToText(cost));
            return ExitStatus.Done;
        });
        return verb;
    }

    private static ConvolutionCost Count(string input, int filters, string kernel, int? bottleneck)
    {
        if (filters < 1 || bottleneck < 1)
        {
            throw new UsageException(filters < 1 ? $"--filters {filters} is less than 1." : $"--bottleneck {bottleneck} is less than 1.");
        }

        try
        {
            return new ConvolutionCost(SizeParser.Map("--input", input), filters, SizeParser.Kernel("--kernel", kernel), bottleneck);
        }
        catch (OverflowException)
        {
            throw new UsageException("These sizes multiply to more than 2^63; no machine will run that.");
        }
    }

    private static string ToText(ConvolutionCost cost)
    {
        TextTable table = new(["", "multiply-adds"], [false, true]);
        string convolution = $"{cost.Kernel}, {cost.Filters} filters";
        table.Add([$"{convolution}, on all {CountFormat.Grouped(cost.Input.Channels)} channels", CountFormat.Grouped(cost.Direct)]);
        if (cost.BottleneckChannels is { } channels)
        {
            table.Line();
            table.Add([$"1 x 1, {channels} filters", CountFormat.Grouped(cost.Reduction)]);
            table.Add([$"{convolution}, on {CountFormat.Grouped(channels)} channels", CountFormat.Grouped(cost.Expansion)]);
            table.Add(["through the bottleneck", CountFormat.Grouped(cost.Total)]);
        }

        string verdict = cost.BottleneckChannels is null ? "" : $"\nThe bottleneck takes {Verdict(cost)}.\n";
        return $"{cost.Input} -> {cost.Output}\n\n{table}{verdict}";
    }

    private static string Verdict(ConvolutionCost cost) => cost.Total < cost.Direct
        ? $"{CountFormat.Times((double)cost.Direct / cost.Total)} fewer multiply-adds"
        : "as many multiply-adds or more: it is too wide to pay";

    private static string ToJson(ConvolutionCost cost) => JsonLine.Write(new ConvolutionOutput(
        cost.Input.Dimensions,
        cost.Filters,
        [cost.Kernel.Height, cost.Kernel.Width],
        cost.Output.Dimensions,
        cost.BottleneckChannels,
        cost.Direct,
        cost.BottleneckChannels is null ? null : cost.Reduction,
        cost.BottleneckChannels is null ? null : cost.Expansion,
        cost.Total));
}

/// <summary><c>network conv --json</c></summary>
internal sealed record ConvolutionOutput(
    IEnumerable<int> Input,
    int Filters,
    IEnumerable<int> Kernel,
    IEnumerable<int> OutputShape,
    int? Bottleneck,
    long Direct,
    long? Reduction,
    long? Expansion,
    long MultiplyAdds);
