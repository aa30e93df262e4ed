using InceptionMl.Networks.Costs;
using InceptionMl.Networks.Operations;

namespace InceptionMl.Cli.Networks;

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
