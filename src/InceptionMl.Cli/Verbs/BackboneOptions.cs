using System.CommandLine;
using InceptionMl.Backbones;
using InceptionMl.Backbones.Store;
using InceptionMl.Cli.Backbones;
using InceptionMl.Cli.Parsing;
using InceptionMl.Images;
using InceptionMl.Training;

namespace InceptionMl.Cli.Verbs;

/// <summary>The options that choose a backbone and say how it is fed.</summary>
internal sealed class BackboneOptions(CommandContext context)
{
    private static readonly string[] ResizeModes = ["crop", "pad"];

    private readonly Option<string?> backbone = new("--backbone")
    {
        Description = "inception-compact, the embedded backbone (default), the path of an ONNX file with its card NAME.json beside it, or a stored backbone.",
    };

    private readonly Option<string?> resize = new("--resize") { Description = "Fit pictures by crop or pad. The default is the backbone's own." };
    private readonly PreprocessingOptions preprocessing = new("For an ONNX file without a card");
    private readonly Option<string?> store = StoreOption.Create();

    public void AddTo(Command verb)
    {
        resize.AcceptOptionalWords(ResizeModes);
        verb.Add(backbone);
        verb.Add(resize);
        preprocessing.AddTo(verb);
        verb.Add(store);
    }

    /// <summary>Opens the backbone that was asked for.</summary>
    public Backbone Open(ParseResult parsed) =>
        Backbone.Open(parsed.GetValue(backbone), preprocessing.Read(parsed), Mode(parsed), Store(parsed));

    /// <summary>The backbone that was asked for, as a setting.</summary>
    /// <exception cref="UsageException">Some options of a network without a card came and others did not, or one is wrong.</exception>
    public BackboneSettings Settings(ParseResult parsed) => new()
    {
        Model = parsed.GetValue(backbone) ?? Backbone.EmbeddedName,
        Preprocessing = preprocessing.Read(parsed),
    };

    /// <summary>Where stored backbones are; null where the one asked for is none of them.</summary>
    public BackboneStore? Store(ParseResult parsed) => MayBeStored(parsed.GetValue(backbone)) ? StoreOption.Open(parsed, store, context) : null;

    /// <summary>How images are fitted; null as the card says.</summary>
    public ResizeMode? Mode(ParseResult parsed) => parsed.GetValue(resize) switch
    {
        "crop" => ResizeMode.Crop,
        "pad" => ResizeMode.Pad,
        _ => null,
    };

    // A machine without a folder for user data still opens files.
    public static bool MayBeStored(string? named) =>
        named is not (null or Backbone.EmbeddedName) && Path.GetFileName(named) == named && !File.Exists(named);
}
