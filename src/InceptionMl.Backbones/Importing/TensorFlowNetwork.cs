using InceptionMl.Internal;
using InceptionMl.Models;
using InceptionMl.Networks.Graph;
using InceptionMl.Networks.TensorFlow.Internal;

namespace InceptionMl.Backbones.Importing;

/// <summary>Frozen TensorFlow graphs: converted whole, whatever the network.</summary>
internal static class TensorFlowNetwork
{
    public static async Task<NetworkFromFile> ReadAsync(
        Stream stream, Subject subject, BackboneImportOptions options, KnownInput? known, TrialRun trial, CancellationToken cancellationToken)
    {
        ConvertedGraph graph = TensorFlowGraph.Convert(stream, Path.GetFileName(subject.Path!), new TensorFlowConversion
        {
            FeaturesTensor = options.FeaturesTensor,
            LogitsWherePresent = true,
            ImageSize = known is null ? null : new Extent(known.Input.Height, known.Input.Width),
        });
        KnownInput input = known ?? FromGraph(graph) ?? throw KnownInput.Unknown(subject);
        TrialResults results = await trial.RunAsync(graph.ToBytes(), subject, KnownInput.Tensor, input.Input, cancellationToken).ConfigureAwait(false);
        return new NetworkFromFile
        {
            Form = "TensorFlow graph",
            Network = options.Network ?? options.Entry?.Network,
            Input = input,
            Outputs = NetworkFromFile.CreateOutputs(
                results["features"].Vector(graph.FeaturesTensor), graph.FeatureMapChannels, graph.LogitsTensor is { } name ? results["logits"].Vector(name) : null),
            Write = graph.WriteTo,
            FeaturesTensor = graph.FeaturesTensor,
            CutOff = graph.CutOff,
            ImageArithmetic = graph.ImageArithmetic,
        };
    }

    // A graph that decodes pictures and does arithmetic on them states its own preparation: pixels of 0 to 255 as they are decoded.
    private static KnownInput? FromGraph(ConvertedGraph graph) =>
        graph.ImageSize is { } size
        && !graph.ImageArithmetic.IsEmpty
        && graph.CutOff.Any(node => node.Operator.StartsWith("Decode", StringComparison.Ordinal))
        && graph.CutOff.All(node => LeavesValues(node.Operator))
            ? new KnownInput(
                new BackboneInput { Tensor = KnownInput.Tensor, Width = size.Width, Height = size.Height, Offset = [0, 0, 0], Scale = [1, 1, 1] },
                "as the graph's own nodes do it")
            : null;

    private static bool LeavesValues(string operation) =>
        operation is "Const" or "Placeholder" or "Cast" or "ExpandDims" or "Squeeze" or "Identity"
        || operation.StartsWith("Decode", StringComparison.Ordinal)
        || operation.StartsWith("Resize", StringComparison.Ordinal);
}
