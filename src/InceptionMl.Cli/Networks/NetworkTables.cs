using System.Collections.Immutable;
using InceptionMl.Networks.Graph;

namespace InceptionMl.Cli;

/// <summary>A network layer by layer, as Keras summarizes a model.</summary>
internal static class SummaryTable
{
    public static string Write(NetworkSummary summary, int? width = null)
    {
        TextTable table = new(
            ["layer", "kind", "output shape", "parameters", "multiply-adds", "inputs"],
            [false, false, false, true, true, false],
            width,
            5,
            1,
            4,
            3);
        foreach (LayerSummary layer in summary.Layers)
        {
            string[] inputs = [.. layer.Layer.Inputs.DefaultIfEmpty("")];
            table.Add(
            [
                layer.Layer.Name,
                Kind(layer.Layer.Operation),
                layer.Output.ToString(),
                CountFormat.Grouped(layer.Parameters.Total),
                CountFormat.Grouped(layer.MultiplyAdds),
                inputs[0],
            ]);
            foreach (string input in inputs.Skip(1))
            {
                table.Add(["", "", "", "", "", input]);
            }
        }

        return $"{summary.Network.Name}, image {summary.Image}\n\n{table}\n{Totals(summary)}";
    }

    /// <summary>Totals, one to a line.</summary>
    public static string Totals(NetworkSummary summary)
    {
        ParameterCounts parameters = summary.Parameters;
        string statistics = parameters.NonTrainable == 0 ? "" : " (statistics, which PyTorch does not count)";
        return $"""
            Total parameters:          {CountFormat.Grouped(parameters.Total)}
            Trainable parameters:      {CountFormat.Grouped(parameters.Trainable)}
            Non-trainable parameters:  {CountFormat.Grouped(parameters.NonTrainable)}{statistics}
            Multiply-adds:             {CountFormat.Grouped(summary.MultiplyAdds)} ({CountFormat.Short(summary.MultiplyAdds)} an image of {summary.Image})

            """;
    }

    /// <summary>Gets the operation with its window: <c>Convolution 3x3/2</c>.</summary>
    public static string Kind(Operation operation) => operation switch
    {
        Convolution convolution => $"{operation.Kind} {convolution.Window}",
        MaxPool pool => $"{operation.Kind} {pool.Window}",
        AveragePool pool => $"{operation.Kind} {pool.Window}",
        _ => operation.Kind,
    };
}

/// <summary>What each block costs, and under it what each of its bottlenecked branches would cost without the 1x1 reduction.</summary>
internal static class CostTable
{
    public static string Write(NetworkSummary summary, int? width = null)
    {
        TextTable table = new(
            ["block, branch", "output shape", "parameters", "multiply-adds", "share", "without its 1x1", "saving"],
            [false, false, true, true, true, true, true],
            width,
            1,
            2,
            5,
            4);
        ImmutableArray<Bottleneck> bottlenecks = summary.Bottlenecks();
        foreach (BlockSummary block in summary.Blocks.Where(block => block.Name != "image"))
        {
            table.Add(
            [
                block.Name,
                block.Output.ToString(),
                CountFormat.Grouped(block.Parameters.Total),
                CountFormat.Grouped(block.MultiplyAdds),
                CountFormat.Percent(block.MultiplyAdds, summary.MultiplyAdds),
                "",
                "",
            ]);
            foreach (Bottleneck bottleneck in bottlenecks.Where(bottleneck => bottleneck.Block == block.Name))
            {
                table.Add(Branch(bottleneck, summary));
            }
        }

        return $"{summary.Network.Name}, image {summary.Image}\n\n{table}\n{SummaryTable.Totals(summary)}{Saved(summary, bottlenecks)}";
    }

    private static string[] Branch(Bottleneck bottleneck, NetworkSummary summary) =>
    [
        "  " + string.Join(" > ", ((Layer[])[bottleneck.Reduction, .. bottleneck.Convolutions]).Select(Unit)),
        "",
        "",
        CountFormat.Grouped(bottleneck.MultiplyAdds),
        CountFormat.Percent(bottleneck.MultiplyAdds, summary.MultiplyAdds),
        CountFormat.Grouped(bottleneck.WithoutReduction),
        CountFormat.Times(bottleneck.Saving),
    ];

    // mixed_5b/5x5_reduce/conv is 5x5_reduce within its block.
    private static string Unit(Layer layer)
    {
        string within = layer.Name[(layer.Block.Length + 1)..];
        return within.EndsWith("/conv", StringComparison.Ordinal) ? within[..^"/conv".Length] : within;
    }

    private static string Saved(NetworkSummary summary, ImmutableArray<Bottleneck> bottlenecks)
    {
        if (bottlenecks.IsEmpty)
        {
            return "";
        }

        long without = summary.MultiplyAdds + bottlenecks.Sum(bottleneck => bottleneck.WithoutReduction - bottleneck.MultiplyAdds);
        string times = CountFormat.Times((double)without / summary.MultiplyAdds);
        return $"Without 1x1 reductions:    {CountFormat.Grouped(without)} ({CountFormat.Short(without)}, {times} as many)\n";
    }
}
