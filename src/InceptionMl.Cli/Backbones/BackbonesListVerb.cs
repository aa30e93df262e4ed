using System.CommandLine;
using System.Globalization;
using InceptionMl.Backbones;
using InceptionMl.Models;

namespace InceptionMl.Cli;

/// <summary><c>backbones list</c></summary>
internal static class BackbonesListVerb
{
    public static Command Create(CommandContext context, Option<string?> store)
    {
        Option<bool> json = CommonOptions.Json();
        Command verb = new("list", "What is stored, and what can be pulled.") { json };
        verb.SetAction(parsed =>
        {
            IReadOnlyList<ListedBackbone> all = ListedBackbone.All(StoreOption.Open(parsed, store, context), context.Packaged);
            if (parsed.GetValue(json))
            {
                foreach (ListedBackbone backbone in all)
                {
                    context.Output.WriteLine(JsonLine.Write(backbone));
                }
            }
            else
            {
                ToTable(all).Write(context.Console);
            }

            foreach (string problem in all.Select(backbone => backbone.Problem).OfType<string>())
            {
                context.Error.WriteLine($"warning: {problem}");
            }

            return ExitStatus.Done;
        });
        return verb;
    }

    private static TerminalTable ToTable(IReadOnlyList<ListedBackbone> all)
    {
        TerminalTable table = new(
            new TerminalColumn("name"),
            new TerminalColumn("state"),
            new TerminalColumn("MB", IsNumber: true),
            new TerminalColumn("input", IsNumber: true),
            new TerminalColumn("features", IsNumber: true),
            new TerminalColumn("ImageNet top 1", IsNumber: true, Rank: 1),
            new TerminalColumn("classes", IsNumber: true, Rank: 3),
            new TerminalColumn("network", Rank: 4),
            new TerminalColumn("license", Rank: 2));
        foreach (ListedBackbone backbone in all)
        {
            table.Add(
                backbone.Problem is null ? Tone.Plain : Tone.Bad,
                backbone.Name,
                backbone.Problem is null ? backbone.State : "damaged",
                backbone.Bytes is long bytes ? (bytes / 1e6).ToString("F1", CultureInfo.InvariantCulture) : "-",
                backbone.Width is int width ? FormattableString.Invariant($"{width}x{backbone.Height}") : "-",
                Number(backbone.Features),
                backbone.Top1 is double top ? top.ToString("F1", CultureInfo.InvariantCulture) + " %" : "-",
                Number(backbone.Classes),
                backbone.Network ?? "-",
                backbone.License ?? "-");
        }

        return table;
    }

    private static string Number(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "-";
}

/// <summary>A backbone that is embedded, stored, or there to be pulled: a line of <c>backbones list --json</c>.</summary>
internal sealed record ListedBackbone(string Name, string State)
{
    public string? Network { get; init; }

    public int? Width { get; init; }

    public int? Height { get; init; }

    public int? Features { get; init; }

    public int? Classes { get; init; }

    /// <summary>Gets the top-1 accuracy on ImageNet's validation set as published, in percent.</summary>
    public double? Top1 { get; init; }

    /// <summary>Gets the size in bytes of the stored ONNX file, or else of the file to download.</summary>
    public long? Bytes { get; init; }

    public string? License { get; init; }

    public string? Address { get; init; }

    public string? Problem { get; init; }

    /// <summary>Gets the embedded one, those of packages, then what is stored, then what can be pulled and is not stored, in the catalog's order.</summary>
    public static IReadOnlyList<ListedBackbone> All(BackboneStore store, IReadOnlyList<PackagedBackbone> packaged)
    {
        Backbone embedded = Backbone.Embedded();
        IReadOnlyList<StoredBackbone> stored = store.List();
        HashSet<string> names = stored.Select(backbone => backbone.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return
        [
            FromCard(Backbone.EmbeddedName, "embedded", embedded.Card) with { Bytes = embedded.Network.Length },
            .. packaged.Where(one => !names.Contains(one.Name)).Select(FromPackage),
            .. stored.Select(backbone => FromCard(backbone.Name, "stored", backbone.Card) with
            {
                Bytes = backbone.Bytes,
                Problem = backbone.Problem,
                Top1 = BackboneCatalog.Find(backbone.Name)?.Top1,
            }),
            .. BackboneCatalog.Entries.Where(entry => !names.Contains(entry.Name)).Select(FromEntry),
        ];
    }

    private static ListedBackbone FromCard(string name, string state, BackboneCard? card) => new(name, state)
    {
        Network = card?.Network,
        Width = card?.Input.Width,
        Height = card?.Input.Height,
        Features = card?.Outputs.Features.Width,
        Classes = card?.Outputs.Logits?.Classes,
        License = card?.License,
    };

    private static ListedBackbone FromPackage(PackagedBackbone packaged) => new(packaged.Name, "packaged")
    {
        Network = packaged.Network,
        Width = packaged.Preprocessing.Width,
        Height = packaged.Preprocessing.Height,
        Features = packaged.FeatureWidth,
        Bytes = new FileInfo(packaged.OnnxPath) is { Exists: true } file ? file.Length : null,
        License = packaged.License,
    };

    private static ListedBackbone FromEntry(CatalogEntry entry) => new(entry.Name, "available")
    {
        Network = entry.Network,
        Width = entry.Side,
        Height = entry.Side,
        Features = entry.FeatureWidth,
        Classes = entry.Classes,
        Bytes = entry.File.Bytes,
        Top1 = entry.Top1,
        License = entry.License,
        Address = entry.File.Address.ToString(),
    };
}
