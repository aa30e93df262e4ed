using InceptionMl.Backbones;
using InceptionMl.Backbones.Catalog;
using InceptionMl.Backbones.Store;
using InceptionMl.Models;

namespace InceptionMl.Cli.Backbones;

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

    /// <summary>Gets the embedded one, then what is stored, then what can be pulled and is not stored, in the catalog's order.</summary>
    public static IReadOnlyList<ListedBackbone> All(BackboneStore store)
    {
        IReadOnlyList<StoredBackbone> stored = store.List();
        HashSet<string> names = stored.Select(backbone => backbone.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return
        [
            FromCard(Backbone.EmbeddedName, "embedded", Backbone.Embedded().Card) with { Bytes = Backbone.Embedded().Network.Length },
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
