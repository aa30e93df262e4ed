using System.CommandLine;
using InceptionMl.Backbones;
using InceptionMl.Cli.Backbones;
using InceptionMl.Cli.Parsing;
using InceptionMl.Images;

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
        Backbone.Open(Model(parsed), Preprocessing(parsed), Mode(parsed), MayBeStored(Model(parsed)) ? StoreOption.Open(parsed, store, context) : null);

    /// <summary>Gets the backbone's name or path; null for the default.</summary>
    public string? Model(ParseResult parsed) => parsed.GetValue(backbone);

    /// <summary>How images are fitted; null as the card says.</summary>
    public ResizeMode? Mode(ParseResult parsed) => parsed.GetValue(resize) switch
    {
        "crop" => ResizeMode.Crop,
        "pad" => ResizeMode.Pad,
        _ => null,
    };

    /// <summary>How a network without a card is fed; null if none of its options came.</summary>
    /// <exception cref="UsageException">Some came and others did not, or one is wrong.</exception>
    public BackbonePreprocessing? Preprocessing(ParseResult parsed) => preprocessing.Read(parsed);

    // A machine without a folder for user data still opens files.
    private static bool MayBeStored(string? named) =>
        named is not (null or Backbone.EmbeddedName) && Path.GetFileName(named) == named && !File.Exists(named);
}
