using System.CommandLine;
using InceptionMl.Backbones;
using InceptionMl.Backbones.Classification;
using InceptionMl.Internal;
using InceptionMl.Scoring;

namespace InceptionMl.Cli;

/// <summary><c>classify INPUT... --backbone NAME|PATH</c></summary>
internal static class ClassifyVerb
{
    private const string DefaultBackbone = "inception-v3";
    private const int DefaultTop = 5;
    private static readonly string[] Formats = ["table", "json", "csv"];

    public static Command Create(CommandContext context)
    {
        Argument<string[]> inputs = ScoreInputs.Argument();
        Option<string> backbone = new("--backbone")
        {
            Description = "A backbone of the store, or the path of an ONNX file with its card, that came with its classifier. The default is inception-v3.",
            DefaultValueFactory = _ => DefaultBackbone,
        };
        Option<int> top = new("--top") { Description = "The K most probable classes of each image (5).", DefaultValueFactory = _ => DefaultTop };
        Option<string> format = new("--format") { Description = "table (default), json (one object per line) or csv.", DefaultValueFactory = _ => Formats[0] };
        format.AcceptWords(Formats);
        Option<bool> json = new("--json") { Description = "One object per line on standard output and nothing else there." };
        Option<string?> classes = new("--classes") { Description = "Names of the classes: Keras's class index, or text with one name per line." };
        Option<string?> store = StoreOption.Create();
        Command verb = new("classify", "Name what is in images, with the classifier a backbone was published with.")
        {
            inputs, backbone, top, format, json, classes, store,
        };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            ImageNetClassifierOptions options = new()
            {
                Top = parsed.GetValue(top) is int k and >= 1 ? k : throw new UsageException($"--top {parsed.GetValue(top)} is less than 1."),
            };
            BackboneStore backbones = StoreOption.Open(parsed, store, context);
            string onnx = ClassifierBackbone.Find(backbones, parsed.GetValue(backbone)!);
            using ImageNetClassifier classifier = parsed.GetValue(classes) is { } names
                ? ImageNetClassifier.Open(onnx, ClassNameFile.Read(names), options)
                : await ImageNetClassifier.OpenAsync(onnx, new ClassIndexFile(backbones.Folder), options, cancellationToken);
            string form = parsed.GetValue(json) ? "json" : parsed.GetValue(format)!;
            return await RunAsync(context, classifier, parsed.GetRequiredValue(inputs), options.Top, form, cancellationToken);
        });
        return verb;
    }

    private static async Task<int> RunAsync(
        CommandContext context, ImageNetClassifier classifier, string[] inputs, int top, string format, CancellationToken cancellationToken)
    {
        ScoreCounts counts = new();
        using IClassFormat writes = format switch
        {
            "json" => new JsonClassFormat(context.Output),
            "csv" => new CsvClassFormat(context.Output, Math.Min(top, classifier.Classes.Count)),
            _ => new TableClassFormat(context.Text),
        };
        IEnumerable<ImageSource> images = ScoreInputs.Enumerate(inputs, context.Input, counts, cancellationToken);
        await foreach (ClassifiedImage image in classifier.ClassifyAsync(images, cancellationToken))
        {
            counts.Add(image.Succeeded);
            writes.Write(image);
        }

        if (counts.Scored == 0 && counts.Failed == 0)
        {
            throw new DatasetException($"{string.Join(' ', inputs)}: no image there.") { Reason = DatasetErrorReason.TooFewImages };
        }

        counts.Report(context.Error);
        return counts.Failed > 0 ? ExitStatus.SomeUnreadable : ExitStatus.Done;
    }
}

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
            throw new BackboneException($"There is no backbone '{nameOrPath}'; did you mean {near}?") { Reason = BackboneErrorReason.NotFound };
        }

        bool hasClasses = BackboneCatalog.Find(nameOrPath) is { Classes: not null };
        throw new BackboneException($"The store {store.Folder} has no backbone '{nameOrPath}': pull one, or import weights that come with their classifier")
        {
            Reason = hasClasses ? BackboneErrorReason.NotPulled : BackboneErrorReason.NoClassifier,
            PublishedName = hasClasses ? nameOrPath : Example,
        };
    }
}
