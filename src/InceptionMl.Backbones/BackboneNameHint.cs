using InceptionMl.Backbones.Catalog;
using InceptionMl.Internal;

namespace InceptionMl.Backbones;

/// <summary>What may follow a complaint about a backbone's name.</summary>
internal static class BackboneNameHint
{
    /// <summary>A question after the name that was probably meant, of the embedded backbone, those of a store and those that are published.</summary>
    /// <returns>The rest of a sentence; null if no name is near.</returns>
    public static string? Find(string name, IEnumerable<string> stored) =>
        NearestName.Find(name, [Backbone.EmbeddedName, .. stored, .. BackboneCatalog.Entries.Select(entry => entry.Name)]) is { } near ? $"did you mean {near}?" : null;
}
