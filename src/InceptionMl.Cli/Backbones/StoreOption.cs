using System.CommandLine;
using InceptionMl.Backbones;

namespace InceptionMl.Cli;

/// <summary><c>--store DIR</c>: where backbones are kept.</summary>
internal static class StoreOption
{
    public static Option<string?> Create() => new("--store")
    {
        Description = "Folder of the stored backbones. The default is inceptionml/backbones in the user's data folder (XDG_DATA_HOME, LocalAppData).",
    };

    public static BackboneStore Open(ParseResult parsed, Option<string?> option, CommandContext context) =>
        new(parsed.GetValue(option) ?? context.DefaultStore(), context.Time);
}

/// <summary>Looks a name up in the store; a name that only the catalog has says how to get it.</summary>
internal static class StoredName
{
    public static StoredBackbone Require(BackboneStore store, string name)
    {
        RequireNotEmbedded(name);
        return store.Find(name) is null && BackboneCatalog.Find(name) is not null
            ? throw new BackboneException($"{name} is not stored in {store.Folder}") { Reason = BackboneErrorReason.NotPulled, PublishedName = name }
            : store.Show(name);
    }

    public static void RequireNotEmbedded(string name)
    {
        if (name.Equals(Backbone.EmbeddedName, StringComparison.OrdinalIgnoreCase))
        {
            throw new BackboneException($"{name} is embedded: it is always there, in no store, and needs no pull; take it with --backbone {name}");
        }
    }
}
