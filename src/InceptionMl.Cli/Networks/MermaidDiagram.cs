using System.Collections.Immutable;
using System.Text;
using InceptionMl.Networks.Graph;

namespace InceptionMl.Cli;

/// <summary>A network as a Mermaid flow chart: one subgraph a block, one node a unit.</summary>
internal static class MermaidDiagram
{
    public static string Write(NetworkSummary summary)
    {
        ImmutableArray<NetworkUnit> units = NetworkUnit.All(summary);
        Dictionary<string, string> ids = units.Select((unit, index) => (unit.Name, Id: $"n{index}")).ToDictionary(pair => pair.Name, pair => pair.Id);
        StringBuilder text = new("flowchart TD\n");
        foreach (IGrouping<string, NetworkUnit> block in units.GroupBy(unit => unit.Layer.Block))
        {
            bool alone = block.Count() == 1;
            if (!alone)
            {
                text.Append($"  subgraph {block.Key}\n");
            }

            foreach (NetworkUnit unit in block)
            {
                text.Append($"{(alone ? "  " : "    ")}{ids[unit.Name]}{Node(unit, alone)}\n");
            }

            if (!alone)
            {
                text.Append("  end\n");
            }
        }

        foreach (NetworkUnit unit in units)
        {
            foreach (string input in unit.Inputs)
            {
                text.Append($"  {ids[input]} --> {ids[unit.Name]}\n");
            }
        }

        return text.ToString();
    }

    private static string Node(NetworkUnit unit, bool alone)
    {
        string name = alone ? $"{unit.Layer.Block}<br/>" : "";
        string label = $"{name}{unit.Label}<br/>{unit.Output}";
        return unit.Layer.Operation is Concatenation or ScaledAddition ? $"([\"{label}\"])" : $"[\"{label}\"]";
    }
}
