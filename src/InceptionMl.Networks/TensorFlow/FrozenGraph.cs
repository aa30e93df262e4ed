using System.Collections.Immutable;
using InceptionMl.Networks.Weights;

namespace InceptionMl.Networks.TensorFlow;

/// <summary>The nodes of a graph, each after all it takes.</summary>
internal sealed class FrozenGraph
{
    private readonly Dictionary<string, GraphNode> byName = [];

    public FrozenGraph(string source, IReadOnlyList<GraphNode> nodes)
    {
        Source = source;
        foreach (GraphNode node in nodes)
        {
            if (!byName.TryAdd(node.Name, node))
            {
                throw node.Refusal("stands in the graph twice");
            }
        }

        Nodes = Ordered(nodes);
    }

    public string Source { get; }

    public ImmutableArray<GraphNode> Nodes { get; }

    public GraphNode? Find(string name) => byName.GetValueOrDefault(name);

    // Kahn's order, without recursion: a hostile graph may be one chain of all its nodes.
    private ImmutableArray<GraphNode> Ordered(IReadOnlyList<GraphNode> nodes)
    {
        Dictionary<GraphNode, int> waitingFor = [];
        Dictionary<GraphNode, List<GraphNode>> consumers = [];
        Queue<GraphNode> ready = [];
        foreach (GraphNode node in nodes)
        {
            foreach (TensorReference input in node.Inputs)
            {
                GraphNode producer = Find(input.Node) ?? throw node.Refusal($"takes '{input.Node}', which is not in the graph");
                if (!consumers.TryGetValue(producer, out List<GraphNode>? list))
                {
                    consumers[producer] = list = [];
                }

                list.Add(node);
            }

            waitingFor[node] = node.Inputs.Length;
            if (node.Inputs.IsEmpty)
            {
                ready.Enqueue(node);
            }
        }

        ImmutableArray<GraphNode>.Builder ordered = ImmutableArray.CreateBuilder<GraphNode>(nodes.Count);
        while (ready.TryDequeue(out GraphNode? node))
        {
            ordered.Add(node);
            foreach (GraphNode consumer in consumers.GetValueOrDefault(node) ?? [])
            {
                if (--waitingFor[consumer] == 0)
                {
                    ready.Enqueue(consumer);
                }
            }
        }

        return ordered.Count == nodes.Count ? ordered.ToImmutable() : throw Cycle(waitingFor);
    }

    // Every node left waits for another that is left: following them must come round.
    private WeightException Cycle(Dictionary<GraphNode, int> waitingFor)
    {
        GraphNode node = waitingFor.First(pair => pair.Value > 0).Key;
        HashSet<GraphNode> seen = [];
        while (seen.Add(node))
        {
            node = node.Inputs.Select(input => byName[input.Node]).First(input => waitingFor[input] > 0);
        }

        return node.Refusal("takes its own output, by way of others: the graph has a cycle");
    }
}
