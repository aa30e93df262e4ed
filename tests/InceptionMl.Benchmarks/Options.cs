using System.Globalization;
using InceptionMl.Backbones;

namespace InceptionMl.Benchmarks;

/// <summary>A verb's arguments: <c>--name value value ..</c>, in any order.</summary>
internal sealed class Options
{
    private readonly Dictionary<string, List<string>> values = [];

    public Options(IEnumerable<string> args)
    {
        List<string>? current = null;
        foreach (string arg in args)
        {
            if (arg.StartsWith("--", StringComparison.Ordinal))
            {
                values[arg] = current = [];
            }
            else
            {
                (current ?? throw new ArgumentException($"{arg} belongs to no option")).Add(arg);
            }
        }
    }

    public bool Has(string name) => values.ContainsKey(name);

    public string? Text(string name) => values.TryGetValue(name, out List<string>? given) ? given.FirstOrDefault() : null;

    public string[] Texts(string name) => values.TryGetValue(name, out List<string>? given)
        ? [.. given]
        : throw new ArgumentException($"{name} VALUE [VALUE ..]");

    public int Number(string name, int otherwise) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    /// <summary>What <c>--render WIDTHxHEIGHT COUNT ..</c> asks for; null where it is absent.</summary>
    public (int Width, int Height, int[] Counts)? Render()
    {
        if (!values.TryGetValue("--render", out List<string>? given))
        {
            return null;
        }

        string[] sides = given[0].Split('x');
        return (Parse(sides[0]), Parse(sides[1]), [.. given.Skip(1).Select(Parse)]);
    }

    /// <summary>Opens a backbone as <c>--features</c> asks: a file, or the name of the embedded one or of ResNet-18.</summary>
    public Backbone OpenBackbone(string? name, string? inputSize = null) => Backbone.Open(name, new BackboneOptions
    {
        Features = Text("--features") is { } text ? FeatureSelection.Parse(text) : FeatureSelection.Depths,
        InputSize = inputSize is null ? null : BackboneOptions.ParseInputSize(inputSize),
        Packaged = [ResNet18.Backbone],
    });

    private static int Parse(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
