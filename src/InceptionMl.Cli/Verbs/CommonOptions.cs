using System.CommandLine;
using System.Globalization;
using InceptionMl.Backbones;
using InceptionMl.Images;
using InceptionMl.Training;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Cli;

/// <summary>Options that several verbs share, so that they read the same everywhere.</summary>
internal static class CommonOptions
{
    private const string TableFormat = "table";
    private const string JsonFormat = "json";

    public static Option<bool> Json() => new("--json") { Description = "One line of JSON on standard output and nothing else there." };

    /// <summary>Gets the long spelling of <see cref="Json"/>, for verbs that know two forms.</summary>
    public static Option<string> Format()
    {
        Option<string> format = new("--format") { Description = "table (default) or json.", DefaultValueFactory = _ => TableFormat };
        format.AcceptWords(TableFormat, JsonFormat);
        return format;
    }

    public static bool IsJson(ParseResult parsed, Option<bool> json, Option<string> format) =>
        parsed.GetValue(json) || parsed.GetValue(format) == JsonFormat;

    public static Option<float?> AbstainBelow()
    {
        Option<float?> below = new("--abstain-below") { Description = "The probability, 0 to 1, below which the best label's outcome is uncertain instead of accepted." };
        below.Validators.Add(found =>
        {
            if (found.Tokens is [{ Value: { } given }]
                && float.TryParse(given, NumberStyles.Float, CultureInfo.InvariantCulture, out float probability) && probability is not (>= 0 and <= 1))
            {
                found.AddError($"--abstain-below {given} is no probability from 0 to 1.");
            }
        });
        return below;
    }

    public static Option<double?> Coverage()
    {
        Option<double?> coverage = new("--coverage") { Description = "Give for each image a set of labels that holds the true one in this share of images, such as 0.9." };
        coverage.Validators.Add(found =>
        {
            if (found.Tokens is [{ Value: { } given }]
                && double.TryParse(given, NumberStyles.Float, CultureInfo.InvariantCulture, out double share) && share is not (> 0 and < 1))
            {
                found.AddError($"--coverage {given} is no share above 0 and below 1.");
            }
        });
        return coverage;
    }

    public static Option<string?> Cache() => new("--cache")
    {
        Description = "Folder of the feature cache, or none. The default is artifacts/cache.",
    };

    public static string? CacheFolder(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) switch
    {
        null => Path.Combine("artifacts", "cache"),
        "none" => null,
        string folder => folder,
    };

    /// <summary>Gets the cache for a verb that anybody may run anywhere: it makes no folder that nobody asked for.</summary>
    public static Option<string?> CacheWhereThereIsOne() => new("--cache")
    {
        Description = "Folder of the feature cache, or none. The default is artifacts/cache where there is one.",
    };

    public static string? ExistingCacheFolder(ParseResult parsed, Option<string?> option) =>
        CacheFolder(parsed, option) is { } folder && (parsed.GetValue(option) is not null || Directory.Exists(folder)) ? folder : null;
}

/// <summary>How labeled images are read: the options that verbs share which take a folder or a manifest.</summary>
internal sealed class SourceOptions
{
    /// <summary>The option that says which folder is the label.</summary>
    public const string LabelFrom = "--label-from";

    private static readonly string[] Labels = ["top", "parent"];

    private readonly Option<string?> path = new("--path-column")
    {
        Description = "The column of a manifest that holds paths, relative ones to its folder. The default is path, file, image or the like.",
    };

    private readonly Option<string?> label = new("--label-column")
    {
        Description = "The column of a manifest that holds labels. The default is label, class, category or the like.",
    };

    private readonly Option<string?> part = new("--part-column")
    {
        Description = "The column of a manifest that says train, validation or test. The default is split, part or the like.",
    };

    private readonly Option<string?> labelFrom = new(LabelFrom)
    {
        Description = "Which folder above an image names its label: top (default), the first one below the images' folder or a part's, or parent, the one it lies in.",
    };

    public SourceOptions() => labelFrom.AcceptOptionalWords(Labels);

    public void AddTo(Command verb)
    {
        verb.Add(labelFrom);
        verb.Add(path);
        verb.Add(label);
        verb.Add(part);
    }

    /// <summary>A folder or a manifest, read as the options say.</summary>
    public DatasetSource Source(ParseResult parsed, string images) => new(images)
    {
        LabelFrom = parsed.GetValue(labelFrom) is { } word ? Enum.Parse<DatasetSource.LabelFolder>(word, ignoreCase: true) : null,
        Columns = new DatasetSource.ManifestColumns { Path = parsed.GetValue(path), Label = parsed.GetValue(label), Part = parsed.GetValue(part) },
    };
}

/// <summary>The options that choose a backbone and say how it is fed.</summary>
/// <param name="context">The context.</param>
/// <param name="mayRace"><see langword="true"/> where several backbones may be named, of which the best is taken.</param>
/// <param name="storeOfParent">The option of a command above that names the store; null where this one has its own.</param>
/// <param name="description">What help says of the option; null for the usual.</param>
internal sealed class BackboneChoice(CommandContext context, bool mayRace = false, Option<string?>? storeOfParent = null, string? description = null)
{
    /// <summary>The word for the best of all backbones that are at hand.</summary>
    public const string Auto = "auto";

    private static readonly string[] ResizeModes = ["crop", "pad"];

    private readonly Option<string?> backbone = new("--backbone")
    {
        Description = description ?? "inception-compact, the embedded backbone (default); resnet-18, which comes with the tool; a stored backbone; or the path of an ONNX file with its card NAME.json beside it."
            + (mayRace ? " A,B,C or auto, which is all that is at hand, takes the best of several, measured on a sample; NAME@SIZE is one at another input size." : string.Empty),
    };

    private readonly Option<string?> resize = new("--resize") { Description = "Fit pictures by crop or pad. The default is the backbone's own." };
    private readonly Option<string?> features = new("--features")
    {
        Description = "The features: depths, those of several blocks of the network (default); last, those of its last block; or A,B,C, the outputs of blocks.",
    };

    private readonly PreprocessingOptions preprocessing = new("For an ONNX file without a card", sizeMayStandAlone: true);
    private readonly Option<string?> store = storeOfParent ?? StoreOption.Create();

    public void AddTo(Command verb)
    {
        resize.AcceptOptionalWords(ResizeModes);
        verb.Add(backbone);
        verb.Add(resize);
        verb.Add(features);
        preprocessing.AddTo(verb);
        if (storeOfParent is null)
        {
            verb.Add(store);
        }
    }

    /// <summary>Opens the backbone that was asked for.</summary>
    public Backbone Open(ParseResult parsed) =>
        new TrainingSettings { Backbone = Settings(parsed), Preprocessing = new PreprocessingSettings { Resize = Mode(parsed) } }.OpenBackbone(Store(parsed), context.Packaged);

    /// <summary>Whether a backbone was asked for.</summary>
    public bool IsGiven(ParseResult parsed) => parsed.GetValue(backbone) is not null;

    /// <summary>The backbone that was asked for, as a setting; the embedded one where the best of several is to be taken.</summary>
    /// <exception cref="UsageException">Some options of a network without a card came and others did not, or one is wrong.</exception>
    public BackboneSettings Settings(ParseResult parsed) =>
        Settings(parsed, mayRace && IsRace(parsed.GetValue(backbone)) ? Backbone.EmbeddedName : parsed.GetValue(backbone) ?? Backbone.EmbeddedName);

    /// <summary>The backbones of which the best is to be taken; null where one was asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="comparison">Knows all that are at hand.</param>
    /// <exception cref="UsageException">A name is empty or comes twice, or tensors of one network are asked for.</exception>
    public IReadOnlyList<BackboneSettings>? Candidates(ParseResult parsed, BackboneComparison comparison)
    {
        string? named = parsed.GetValue(backbone);
        if (!IsRace(named))
        {
            return null;
        }

        if (preprocessing.Read(parsed) is not null || FeatureSelection.Parse(Features(parsed)).Tensors.Count > 0)
        {
            throw new UsageException($"--backbone {named} names several backbones; --offset, --scale, --channels and the tensors of --features are one backbone's own.");
        }

        if (preprocessing.SizeAlone(parsed) is not null && named!.Contains('@') && !named.Split(',').All(File.Exists))
        {
            throw new UsageException($"--backbone {named} and --input-size both say how large the network's images are: leave one out.");
        }

        string[] names = named!.Split(',', StringSplitOptions.TrimEntries);
        return named == Auto ? All(parsed, comparison)
            : names.Any(name => name.Length == 0) || names.Distinct().Count() < names.Length
                ? throw new UsageException($"--backbone {named} has a name that is empty or comes twice.")
            : names.Contains(Auto) ? throw new UsageException($"--backbone {named} names auto, which is all that is at hand, beside others: give one or the other.")
                : [.. names.Select(name => Settings(parsed, name))];
    }

    /// <summary>All backbones that are at hand, with the features and the input size that were asked for.</summary>
    public IReadOnlyList<BackboneSettings> All(ParseResult parsed, BackboneComparison comparison) =>
        [.. comparison.FindAll().Select(found => found with { Features = Features(parsed), InputSize = preprocessing.SizeAlone(parsed) })];

    private static bool IsRace(string? named) => named is not null && (named == Auto || named.Contains(',')) && !File.Exists(named);

    private BackboneSettings Settings(ParseResult parsed, string named)
    {
        string? size = preprocessing.SizeAlone(parsed);
        int at = File.Exists(named) ? -1 : named.LastIndexOf('@');
        if (at > 0)
        {
            if (size is not null)
            {
                throw new UsageException($"--backbone {named} and --input-size both say how large the network's images are: leave one out.");
            }

            (size, named) = (PreprocessingOptions.ParseSize($"The input size of --backbone {named},", named[(at + 1)..]), named[..at]);
        }

        return new BackboneSettings
        {
            Model = named,
            Preprocessing = preprocessing.Read(parsed),
            InputSize = size,
            Features = Features(parsed),
        };
    }

    private string Features(ParseResult parsed)
    {
        try
        {
            return parsed.GetValue(features) is { } wanted ? FeatureSelection.Parse(wanted).ToString() : FeatureSelection.Depths.ToString();
        }
        catch (FormatException)
        {
            throw new UsageException($"--features {parsed.GetValue(features)} is neither last nor depths nor names of tensors with commas between them.");
        }
    }

    /// <summary>Where stored backbones are; null where the one asked for is none of them.</summary>
    public BackboneStore? Store(ParseResult parsed) => !MayBeStored(parsed.GetValue(backbone)) ? null
        : IsRace(parsed.GetValue(backbone)) || context.Packaged.Any(packaged => packaged.Name == parsed.GetValue(backbone)) ? AnyStore(parsed)
        : StoreOption.Open(parsed, store, context);

    /// <summary>Where stored backbones are; null where there is no folder for them.</summary>
    public BackboneStore? AnyStore(ParseResult parsed)
    {
        try
        {
            return StoreOption.Open(parsed, store, context);
        }
        catch (BackboneException)
        {
            return null;
        }
    }

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
