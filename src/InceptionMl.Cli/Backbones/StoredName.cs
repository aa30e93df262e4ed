using InceptionMl.Backbones;
using InceptionMl.Backbones.Catalog;
using InceptionMl.Backbones.Store;

namespace InceptionMl.Cli.Backbones;

/// <summary>Looks a name up in the store; a name that only the catalog has says how to get it.</summary>
internal static class StoredName
{
    public static StoredBackbone Require(BackboneStore store, string name)
    {
        RequireNotEmbedded(name);
        return store.Find(name) is null && BackboneCatalog.Find(name) is not null
            ? throw new BackboneException($"{name} is not stored in {store.Folder}; it can be: inceptionml backbones pull {name}")
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
