using System.CommandLine;
using InceptionMl.Backbones.Store;

namespace InceptionMl.Cli.Backbones;

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
