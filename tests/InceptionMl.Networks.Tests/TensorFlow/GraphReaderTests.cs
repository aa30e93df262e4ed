using System.Text;
using Google.Protobuf;
using InceptionMl.Networks.TensorFlow;
using InceptionMl.Networks.TensorFlow.Internal;
using InceptionMl.Networks.Weights;
using DataType = InceptionMl.Networks.TensorFlow.DataType;

namespace InceptionMl.Networks.Tests.TensorFlow;

/// <summary>Files that are no graph, or lie about what they hold.</summary>
public sealed class GraphReaderTests
{
    [Theory]
    [InlineData("")]
    [InlineData("hello, this is text and no graph at all")]
    [InlineData("\n\0")]
    [InlineData("\b\u0001\u0012\u0002\n\0")]
    public void What_is_no_graph_is_refused(string bytes) => Assert.StartsWith(
        "test.pb is no TensorFlow graph",
        Assert.Throws<WeightException>(() => Read(new MemoryStream(Encoding.Latin1.GetBytes(bytes)))).Message);

    [Fact]
    public void A_graph_cut_short_is_refused()
    {
        byte[] whole = GraphBytes.From(GraphBytes.Reals("w", [2], 1, 2), GraphBytes.Reals("v", [2], 3, 4)).ToArray();

        Assert.Equal(2, Read(new MemoryStream(whole)).Names.Count);
        Assert.Throws<WeightException>(() => Read(new MemoryStream(whole[..^1])));
    }

    [Fact]
    public void Lists_of_values_fill_the_shape_with_their_last()
    {
        TensorProto ramp = new() { Dtype = (int)DataType.Float, TensorShape = GraphBytes.Shape(2, 2), FloatVal = { 1, 2 } };
        TensorProto nothing = new() { Dtype = (int)DataType.Half, TensorShape = GraphBytes.Shape(2) };
        TensorProto halves = new() { Dtype = (int)DataType.Half, TensorShape = GraphBytes.Shape(3), HalfVal = { 0x3c00, 0xc000 } };

        TensorStore store = Read(GraphBytes.From(GraphBytes.Const("ramp", ramp), GraphBytes.Const("nothing", nothing), GraphBytes.Const("halves", halves)));

        Assert.Equal([1f, 2, 2, 2], Values("ramp"));
        Assert.Equal([0f, 0], Values("nothing"));
        Assert.Equal([1f, -2, -2], Values("halves"));

        float[] Values(string name) => store.TryGet(name, out Tensor? tensor) ? tensor.Values.ToArray() : [];
    }

    public static TheoryData<string, string> Lies() => new()
    {
        { "bytes", "holds 8 bytes for a shape of 3 values" },
        { "list", "lists 2 values for a shape of 1" },
        { "splat", "more values are repeated" },
        { "negative", "which no file holds" },
        { "overflow", "which no file holds" },
        { "rank", "9 dimensions" },
        { "type", "elements of type 8" },
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public void A_tensor_that_lies_is_refused_where_it_is_used_and_takes_no_memory(string lie, string reason)
    {
        TensorProto tensor = lie switch
        {
            "bytes" => new() { TensorShape = GraphBytes.Shape(3), TensorContent = ByteString.CopyFrom(new byte[8]) },
            "list" => new() { TensorShape = GraphBytes.Shape(1), FloatVal = { 1, 2 } },
            "splat" => new() { TensorShape = GraphBytes.Shape(1 << 15, 1 << 15), FloatVal = { 1 } },
            "negative" => new() { TensorShape = GraphBytes.Shape(2, -1) },
            "overflow" => new() { TensorShape = GraphBytes.Shape(1 << 16, 1 << 16) },
            "rank" => new() { TensorShape = GraphBytes.Shape(1, 1, 1, 1, 1, 1, 1, 1, 1) },
            _ => new() { TensorShape = GraphBytes.Shape(1), Dtype = 8 },
        };
        tensor.Dtype = tensor.Dtype == 0 ? (int)DataType.Float : tensor.Dtype;
        NodeDef convolution = GraphBytes.Convolution("conv", "input")[1];
        using MemoryStream stream = GraphBytes.From([GraphBytes.Image(), GraphBytes.Const("conv/weights", tensor), convolution, .. GraphBytes.Mean("mean", "conv")]);

        long before = GC.GetAllocatedBytesForCurrentThread();
        string message = Assert.Throws<WeightException>(() => TensorFlowGraph.Convert(stream, "test.pb")).Message;

        Assert.StartsWith("test.pb: node 'conv/weights' (Const)", message);
        Assert.Contains(reason, message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 << 20);
        Assert.Empty(Read(stream).Names);
    }

    [Fact]
    public void A_flood_of_nodes_or_inputs_is_refused_before_it_is_parsed()
    {
        byte[] nodes = [.. Enumerable.Repeat((byte[])[0x0a, 0], 300_000).SelectMany(pair => pair)];
        NodeDef node = GraphBytes.Node("Identity", "many", string.Join(' ', Enumerable.Repeat("x", 5000)));

        Assert.Contains("more than 200000 nodes", Assert.Throws<WeightException>(() => Read(new MemoryStream(nodes))).Message);
        Assert.Contains("4096 inputs", Assert.Throws<WeightException>(() => Read(GraphBytes.From(node))).Message);
    }

    [Theory]
    [InlineData("a:Identity:b b:Identity:a", "cycle")]
    [InlineData("a:Identity:a", "cycle")]
    [InlineData("c:Identity:b a:Identity:b b:Identity:^a", "cycle")]
    [InlineData("a:Identity:b", "takes 'b', which is not in the graph")]
    [InlineData("a:Identity:^b", "takes 'b', which is not in the graph")]
    [InlineData("a:NoOp: a:NoOp:", "stands in the graph twice")]
    [InlineData("a:Identity:^", "names no tensor")]
    public void A_graph_that_does_not_hang_together_is_refused(string nodes, string reason)
    {
        NodeDef[] graph = [.. nodes.Split(' ').Select(node => node.Split(':')).Select(parts => GraphBytes.Node(parts[1], parts[0], parts[2]))];

        Assert.Contains(reason, Assert.Throws<WeightException>(() => Read(GraphBytes.From(graph))).Message);
    }

    [Fact]
    public void A_chain_of_all_nodes_is_no_deeper_than_any_other()
    {
        NodeDef[] chain = [.. Enumerable.Range(1, 50_000).Select(i => GraphBytes.Node("Identity", $"n{i}", $"n{i - 1}"))];

        ConvertedGraph converted = TensorFlowGraph.Convert(
            GraphBytes.From([.. chain, GraphBytes.Image("n0"), .. GraphBytes.Convolution("conv", "n50000"), .. GraphBytes.Mean("mean", "conv")]), "test.pb");

        Assert.Equal("n0", converted.ImageNode.Name);
    }

    private static TensorStore Read(Stream stream) => TensorFlowGraph.ReadTensors(stream, "test.pb");
}
