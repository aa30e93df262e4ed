using System.CommandLine;
using InceptionMl.Internal;
using InceptionMl.Networks.Architectures;
using InceptionMl.Networks.Graph;

namespace InceptionMl.Cli;

/// <summary><c>network NAME</c> and <c>network conv</c></summary>
internal static class NetworkVerb
{
    private const string Table = "table";
    private const string Json = "json";
    private const string Mermaid = "mermaid";
    private const string Svg = "svg";

    public static Command Create(CommandContext context)
    {
        Argument<string?> name = new("name")
        {
            Description = $"One of {string.Join(", ", NetworkCatalog.Names)}.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<bool> cost = new("--cost") { Description = "Costs by block, and what each bottlenecked branch would cost without its 1x1 reduction." };
        Option<string?> input = new("--input") { Description = "Height and width of the image, as 299x299; the default is the published size." };
        Option<string> format = new("--format") { Description = "table (default), json, mermaid or svg.", DefaultValueFactory = _ => Table };
        format.AcceptWords(Table, Json, Mermaid, Svg);
        Option<bool> json = CommonOptions.Json();
        Command verb = new("network", "Show an Inception network: layers, shapes, parameters, multiply-adds.")
        {
            name, cost, input, format, json, ConvolutionVerb.Create(context),
        };
        verb.SetAction(parsed =>
        {
            NetworkSummary summary = Summarize(parsed.GetValue(name), parsed.GetValue(input));
            string wanted = parsed.GetValue(json) ? Json : parsed.GetValue(format)!;
            context.Output.Write(Render(summary, wanted, parsed.GetValue(cost), context.OutputTerminal?.Width()));
            return ExitStatus.Done;
        });
        return verb;
    }

    private static NetworkSummary Summarize(string? name, string? input)
    {
        Network network = NetworkCatalog.Find(name ?? "") ?? throw new UsageException(
            name is not null && NearestName.Find(name, NetworkCatalog.Names) is { } near
                ? $"There is no network '{name}'; did you mean {near}?"
                : $"{(name is null ? "Name a network" : $"There is no network '{name}'")}: known are {string.Join(", ", NetworkCatalog.Names)}.");
        if (input is null)
        {
            return network.Summarize();
        }

        try
        {
            return network.At(SizeParser.Image("--input", input));
        }
        catch (ShapeException)
        {
            int side = SmallestSquare(network);
            throw new UsageException($"--input {input} is too small for {network.Name}: the smallest square is {side}x{side}.");
        }
    }

    private static int SmallestSquare(Network network)
    {
        for (int side = 1; ; side++)
        {
            try
            {
                network.At(side);
                return side;
            }
            catch (ShapeException) when (side < network.Image.Size!.Value.Width)
            {
                // A layer does not fit yet.
            }
        }
    }

    private static string Render(NetworkSummary summary, string format, bool cost, int? width) => format switch
    {
        Mermaid or Svg when cost => throw new UsageException($"--cost goes with --format {Table} or {Json}, not with {format}."),
        Json => NetworkJson.Write(summary, cost) + "\n",
        Mermaid => MermaidDiagram.Write(summary),
        Svg => NetworkPicture.Write(summary),
        _ => cost ? CostTable.Write(summary, width) : SummaryTable.Write(summary, width),
    };
}
