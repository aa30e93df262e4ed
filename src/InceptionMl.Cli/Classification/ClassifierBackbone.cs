using InceptionMl.Backbones;
using InceptionMl.Backbones.Catalog;
using InceptionMl.Backbones.Store;
using InceptionMl.Internal;

namespace InceptionMl.Cli.Classification;

/// <summary>The ONNX file behind <c>--backbone NAME|PATH</c>.</summary>
internal static class ClassifierBackbone
{
    private const string Example = "inception-v3";

    /// <exception cref="BackboneException">There is none of this name; the message says how to get it.</exception>
    public static string Find(BackboneStore store, string nameOrPath)
    {
        if (nameOrPath.IndexOfAny(['/', '\\']) >= 0 || nameOrPath.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase))
        {
            return nameOrPath;
        }

        if (store.Find(nameOrPath) is not null)
        {
            return store.Show(nameOrPath).OnnxPath;
        }

        string[] names = [.. store.List().Select(stored => stored.Name), .. BackboneCatalog.Entries.Where(entry => entry.Classes is not null).Select(entry => entry.Name)];
        bool known = nameOrPath == Backbone.EmbeddedName || BackboneCatalog.Find(nameOrPath) is not null;
        if (!known && NearestName.Find(nameOrPath, names) is { } near)
        {
            throw new BackboneException($"There is no backbone '{nameOrPath}'; did you mean {near}?");
        }

        string pulled = BackboneCatalog.Find(nameOrPath) is { Classes: not null } ? nameOrPath : Example;
        throw new BackboneException(
            $"The store {store.Folder} has no backbone '{nameOrPath}': run inceptionml backbones pull {pulled}, "
            + "or import weights that come with their classifier");
    }
}
