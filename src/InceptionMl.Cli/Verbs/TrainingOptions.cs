using System.CommandLine;
using System.Globalization;
using InceptionMl.Models.Internal;
using InceptionMl.Training;
using InceptionMl.Training.Augmentation;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Cli;

/// <summary>The options of <c>train</c> that are settings of the training.</summary>
internal sealed class TrainingOptions(CommandContext context)
{
    private const string ByFolder = "folder";

    private static readonly string[] Heads = ["auto", "lbfgs", "sdca"];
    private static readonly string[] Balances = ["none", "weights"];
    private static readonly string[] NearCopies = ["group", "ignore"];
    private static readonly string[] Augmentations = ["none", "flip", "light", "quality"];
    private static readonly string[] SetMethods = ["lac", "aps", "raps"];
    private static readonly TrainingSettings Defaults = new();

    private readonly Option<string> head = new("--head") { Description = "auto (default), lbfgs or sdca.", DefaultValueFactory = _ => Heads[0] };
    private readonly Option<double> validation = new("--validation")
    {
        Description = "Fraction drawn for validation where none is given.",
        DefaultValueFactory = _ => Defaults.Split.Validation,
    };

    private readonly Option<double> test = new("--test") { Description = "Fraction drawn for the test where none is given.", DefaultValueFactory = _ => Defaults.Split.Test };
    private readonly Option<int> folds = new("--folds") { Description = "Choose the head by so many folds of cross-validation, 2 to 100. The default is 0: the validation images choose." };
    private readonly Option<string?> groupBy = new("--group-by")
    {
        Description = "Keep images in one part and one fold: those of one folder below a label's own (folder), or those with one value in this column of the manifest.",
    };

    private readonly Option<string> nearCopies = new("--near-copies")
    {
        Description = "Pictures that were resized, compressed anew, brightened, mirrored or cropped a little: group (default) keeps those of one label in one part and one fold, "
            + "ignore takes each for an image of its own. Exact copies always stay together.",
        DefaultValueFactory = _ => NearCopies[0],
    };

    private readonly Option<string?> l2 = new("--l2") { Description = "Strengths of the L2 penalty to search, with commas, for example 1,0.1,0.01. The default is the powers of ten from 10 to 0.00001." };
    private readonly Option<double?> timeBudget = new("--time-budget") { Description = "Seconds that the search of the head may take. The default is as long as it takes." };
    private readonly Option<int> seed = new("--seed")
    {
        Description = "Seed of all that is random; it never moves an image between parts.",
        DefaultValueFactory = _ => Defaults.Seed,
    };

    private readonly Option<string> balance = new("--balance") { Description = "none (default), or weights: every class counts alike.", DefaultValueFactory = _ => Balances[0] };
    private readonly Option<string[]> classWeights = new("--class-weight")
    {
        Description = "How much an image of a label counts, as LABEL=WEIGHT; 1 for labels left out. Repeat it for more labels.",
        HelpName = "label=weight",
    };

    private readonly Option<string> augment = new("--augment")
    {
        Description = "Augmented copies of the training images, for small sets: none (default); flip, the mirror image; light, crops with changed "
            + "brightness, half of them mirrored; quality, with less detail, for images that will come in another quality. Neither flip nor light where left and "
            + "right tell classes apart, as with arrows and letters.",
        DefaultValueFactory = _ => Augmentations[0],
    };

    private readonly Option<int> copies = new("--augment-copies")
    {
        Description = "With --augment light or quality, augmented copies of each training image, 1 to 16.",
        DefaultValueFactory = _ => Defaults.Augmentation.Copies,
    };

    private readonly Option<bool> noBank = new("--no-bank")
    {
        Description = "Keep no features of training images in the model; it then calls no image unknown, and drift cannot be told.",
    };

    private readonly Option<double> falseAlarms = new("--false-alarms")
    {
        Description = "The share of images of its own labels that the model may call unknown, above 0, at most 0.5.",
        DefaultValueFactory = _ => Defaults.Decisions.FalseAlarms,
    };

    private readonly Option<string?> background = new("--background")
    {
        Description = "A folder of images with none of the labels: they then decide, instead of --false-alarms, how different an image must be to be called unknown.",
        HelpName = "folder",
    };

    private readonly Option<double?> coverage = CommonOptions.Coverage();
    private readonly Option<string> sets = new("--sets")
    {
        Description = "How sets of labels are chosen: lac (default) gives the smallest; aps and raps give larger ones for images that are hard.",
        DefaultValueFactory = _ => SetMethods[0],
    };

    private readonly Option<string?> cache = CommonOptions.Cache();
    private readonly SourceOptions sources = new();
    private readonly BackboneChoice backbone = new(context, mayRace: true);

    public void AddTo(Command verb)
    {
        head.AcceptWords(Heads);
        balance.AcceptWords(Balances);
        augment.AcceptWords(Augmentations);
        nearCopies.AcceptWords(NearCopies);
        sets.AcceptWords(SetMethods);
        foreach (Option option in (Option[])[head, validation, test, folds, groupBy, nearCopies, l2, timeBudget, seed, balance, classWeights, augment, copies, noBank, falseAlarms, background, coverage, sets, cache])
        {
            verb.Add(option);
        }

        sources.AddTo(verb);
        backbone.AddTo(verb);
    }

    /// <summary>The settings that the options say.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="images">The folder or the manifest.</param>
    /// <exception cref="UsageException">One is out of its range, or they do not go together.</exception>
    public TrainingSettings Read(ParseResult parsed, string images)
    {
        TrainingSettings settings = new()
        {
            Data = [sources.Source(parsed, images)],
            Split = new SplitSettings
            {
                Validation = Fraction(validation.Name, parsed.GetValue(validation)),
                Test = Fraction(test.Name, parsed.GetValue(test)),
                Folds = parsed.GetValue(folds),
                NearCopies = Enum.Parse<SplitSettings.NearCopyHandling>(parsed.GetValue(nearCopies)!, ignoreCase: true),
                GroupBy = parsed.GetValue(groupBy) is { } group ? new DatasetSource.ImageGrouping(group == ByFolder ? null : group) : null,
            },
            Backbone = backbone.Settings(parsed),
            Preprocessing = new PreprocessingSettings { Resize = backbone.Mode(parsed) },
            Augmentation = new AugmentationSettings
            {
                Kind = Enum.Parse<AugmentationKind>(parsed.GetValue(augment)!, ignoreCase: true),
                Copies = parsed.GetValue(copies),
            },
            Heads = new HeadSettings
            {
                Try = parsed.GetValue(head) == Heads[0] ? Defaults.Heads.Try : [Enum.Parse<HeadKind>(parsed.GetValue(head)!, ignoreCase: true)],
                L2 = parsed.GetValue(l2) is { } strengths ? Numbers(strengths) : Defaults.Heads.L2,
                TimeBudgetSeconds = parsed.GetValue(timeBudget),
            },
            ClassWeights = new ClassWeightSettings
            {
                Balanced = parsed.GetValue(balance) == Balances[1],
                ByLabel = [.. (parsed.GetValue(classWeights) ?? []).Select(Weight)],
            },
            Decisions = new DecisionSettings
            {
                Bank = !parsed.GetValue(noBank),
                FalseAlarms = parsed.GetValue(falseAlarms),
                Coverage = parsed.GetValue(coverage),
                Sets = Enum.Parse<ConformalMethod>(parsed.GetValue(sets)!, ignoreCase: true),
                Background = parsed.GetValue(background) is { } foreign ? SettingsPath.FromString(foreign) : null,
            },
            Cache = CommonOptions.CacheFolder(parsed, cache) is { } folder ? SettingsPath.FromString(folder) : null,
            Seed = parsed.GetValue(seed),
        };
        if (settings.Split.Validation + settings.Split.Test >= 1)
        {
            throw new UsageException("--validation and --test leave nothing to train on: together they must stay below 1.");
        }

        Check(settings, parsed);
        return settings;
    }

    /// <summary>Gets the options that choose a backbone.</summary>
    public BackboneChoice Backbone => backbone;

    /// <summary>Where stored backbones are; null where the backbone is none of them.</summary>
    public TrainOptions ReadOptions(ParseResult parsed) => new() { Store = backbone.Store(parsed), Packaged = context.Packaged };

    // The libraries name the keys of a pipeline file.
    private void Check(TrainingSettings settings, ParseResult parsed)
    {
        try
        {
            settings.Validate();
        }
        catch (PipelineException exception)
        {
            Option? option = exception.Setting switch
            {
                "split/folds" => folds,
                "heads/l2" => l2,
                "heads/timeBudgetSeconds" => timeBudget,
                "augmentation/views" => copies,
                "decisions/falseAlarms" => falseAlarms,
                { } setting when setting.StartsWith("classWeights", StringComparison.Ordinal) => classWeights,
                _ => null,
            };
            string given = option is null ? string.Empty : $"{option.Name} {string.Join(' ', parsed.GetResult(option)?.Tokens.Select(token => token.Value) ?? [])} cannot be used. ";
            throw new UsageException(given + exception.Message);
        }
    }

    private double[] Numbers(string text)
    {
        double[] numbers = [.. text.Split(',').Select(part =>
            double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : double.NaN)];
        return numbers.All(double.IsFinite) ? numbers : throw new UsageException($"{l2.Name} {text} is no list of numbers with commas, for example 1,0.1,0.01.");
    }

    private ClassWeightSettings.LabelWeight Weight(string text)
    {
        int at = text.LastIndexOf('=');
        return at > 0 && double.TryParse(text[(at + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out double weight)
            ? new ClassWeightSettings.LabelWeight(text[..at], weight)
            : throw new UsageException($"{classWeights.Name} {text} is not LABEL=WEIGHT, for example nut=2.");
    }

    private static double Fraction(string option, double value) => value is >= 0 and < 1
        ? value
        : throw new UsageException(FormattableString.Invariant($"{option} {value} is not a fraction from 0 to below 1."));
}
