using System.Collections.Immutable;
using Google.Protobuf;
using InceptionMl.Networks.Weights;

namespace InceptionMl.Networks.TensorFlow;

/// <summary>
/// Reads frozen graphs node by node, so that a file's weights are held once, as numbers. Nothing is believed before it is
/// checked: what a file declares takes no memory that its bytes do not bear out.
/// </summary>
internal static class GraphDefReader
{
    private static readonly MessageParser<NodeDef> Parser = NodeDef.Parser.WithDiscardUnknownFields(true);

    public static FrozenGraph Read(Stream stream, string source)
    {
        WeightStream.RequireLength(stream);

        if (stream.Length > int.MaxValue)
        {
            throw new WeightException($"{source} has {stream.Length} bytes; a graph has at most {int.MaxValue}, the limit of its format.");
        }

        GraphDefFields fields = new(stream, source);
        ConstantReader constants = new(new ValueBudget());
        return new FrozenGraph(source, fields.Nodes().ConvertAll(place => Node(fields.Bytes(place.Start, place.Length), source, constants)));
    }

    private static GraphNode Node(byte[] message, string source, ConstantReader constants)
    {
        NodeDef definition = Parse(message, source);
        ImmutableArray<TensorReference>.Builder inputs = ImmutableArray.CreateBuilder<TensorReference>(definition.Input.Count);
        foreach (string input in definition.Input)
        {
            inputs.Add(TensorReference.TryParse(input, out TensorReference reference)
                ? reference
                : throw new WeightException($"{source}: node '{definition.Name}' takes '{input}', which names no tensor."));
        }

        Constant? constant = null;
        string? problem = null;
        if (definition.Op == "Const")
        {
            problem = "has no value";
            if (definition.Attr.TryGetValue("value", out AttrValue? value) && value?.Tensor is { } tensor)
            {
                constant = constants.Read(tensor, out problem);
                definition.Attr.Remove("value");
            }
        }

        return new GraphNode(source, definition, inputs.ToImmutable(), constant, problem);
    }

    private static NodeDef Parse(byte[] message, string source)
    {
        if (NodeBounds.Problem(message) is { } problem)
        {
            throw new WeightException($"{source}: a node of {message.Length} bytes {problem}.");
        }

        try
        {
            NodeDef definition = Parser.ParseFrom(message);
            return definition.Name.Length > 0 && definition.Op.Length > 0
                ? definition
                : throw new WeightException($"{source}: a node has no name or no operator.");
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new WeightException($"{source}: a node is damaged ({exception.Message.TrimEnd('.')})", exception);
        }
    }
}
