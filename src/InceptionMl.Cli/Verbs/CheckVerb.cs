using System.CommandLine;
using InceptionMl.Backbones;
using InceptionMl.Training;
using InceptionMl.Training.Checks;
using InceptionMl.Training.Checks.Internal;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Cli;

/// <summary><c>check FOLDER|MANIFEST</c></summary>
internal static class CheckVerb
{
    public static Command Create(CommandContext context)
    {
        Argument<string> images = new("images") { Description = "A folder of labeled images in any layout that train takes, or a CSV or TSV manifest." };
        Option<bool> fix = new("--fix")
        {
            Description = $"Move what cannot be read, and all but one of the exact copies under one label, into {SetAside.FolderName} inside the folder. Nothing is deleted.",
        };
        Option<bool> undo = new("--undo") { Description = "Move back what --fix moved, and look at nothing." };
        Option<string?> relabel = new("--relabel")
        {
            Description = "Look for wrong labels too, with heads trained on other images, and write a CSV manifest that train takes: the images whose labels look wrong come first, with the likely label beside their own, to be mended. A page beside it shows them.",
        };
        Option<string?> backbone = new("--backbone")
        {
            Description = "The backbone that the images are meant for, by name or path: how large an image it takes says which are too small. The default is inception-compact.",
        };
        Option<string?> store = StoreOption.Create();
        Option<string?> cache = CommonOptions.Cache();
        Option<bool> json = new("--json") { Description = "One line of JSON per finding on standard output and nothing else there." };
        Option<string> format = CommonOptions.Format();
        Command verb = new("check", "Look for what is wrong with labeled images before they are trained on.") { images, fix, undo, relabel };
        SourceOptions sources = new();
        sources.AddTo(verb);
        foreach (Option option in (Option[])[backbone, store, cache, json, format])
        {
            verb.Add(option);
        }

        verb.SetAction(async (parsed, cancellationToken) =>
        {
            string folder = parsed.GetRequiredValue(images);
            if (parsed.GetValue(undo))
            {
                return parsed.GetValue(fix)
                    ? throw new UsageException("--fix and --undo do opposite things: give one of them.")
                    : Undo(context, folder, cancellationToken);
            }

            string? relabeled = parsed.GetValue(relabel);
            string? sheet = null;
            if (relabeled is not null)
            {
                Destination.SpareOutput(context, "--relabel", relabeled);
                sheet = PageOptions.SheetBeside(context, "--relabel", relabeled);
            }

            DatasetCheckOptions options = new()
            {
                InputSize = InputSize(context, parsed, parsed.GetValue(backbone), store),
                CacheFolder = CommonOptions.CacheFolder(parsed, cache),
            };
            DatasetCheckResult result = await ProgressDisplay.CountAsync(
                context, progress => DatasetCheck.RunAsync(sources.Source(parsed, folder), options, progress, cancellationToken));
            bool isJson = CommonOptions.IsJson(parsed, json, format);
            if (isJson)
            {
                CheckReport.WriteJson(context, result.Findings);
            }
            else
            {
                CheckReport.Write(context, result, tellsFix: !parsed.GetValue(fix));
            }

            if (parsed.GetValue(fix))
            {
                Fix(context, result, folder, cancellationToken);
            }

            if (relabeled is not null && sheet is not null)
            {
                LabelReview.Result review = await ReviewAsync(
                    context, sources.Source(parsed, folder), Named(parsed.GetValue(backbone)), StoreFor(context, parsed, parsed.GetValue(backbone), store), CommonOptions.CacheFolder(parsed, cache), cancellationToken);
                review.WriteManifest(relabeled);
                await PageOptions.WriteAsync(context, sheet, () => ModelReport.WriteSuspectsAsync(sheet, review, cancellationToken));
                if (isJson)
                {
                    CheckReport.WriteJson(context, LabelReport.Findings(review));
                }
                else
                {
                    LabelReport.Write(context, review, relabeled, sheet);
                }
            }

            return result.Findings.Any(finding => finding.Severity == DiagnosticSeverity.Error) ? ExitStatus.SomeUnreadable : ExitStatus.Done;
        });
        return verb;
    }

    private static Task<LabelReview.Result> ReviewAsync(
        CommandContext context, DatasetSource images, BackboneSettings backbone, BackboneStore? store, string? cache, CancellationToken cancellationToken)
    {
        TrainingSettings settings = new() { Data = [images], Backbone = backbone, Cache = cache is null ? null : SettingsPath.FromString(cache) };
        LabelReview review = new(settings, new TrainOptions { Store = store, Packaged = context.Packaged }, context.Time);
        return ProgressDisplay.RunAsync(context, (progress, headProgress) => review.RunAsync(progress, headProgress, cancellationToken));
    }

    private static BackboneSettings Named(string? backbone) => new() { Model = backbone ?? Backbone.EmbeddedName };

    private static BackboneStore? StoreFor(CommandContext context, ParseResult parsed, string? named, Option<string?> store) =>
        BackboneChoice.MayBeStored(named) && !context.Packaged.Any(packaged => packaged.Name == named) ? StoreOption.Open(parsed, store, context) : null;

    private static int InputSize(CommandContext context, ParseResult parsed, string? named, Option<string?> store)
    {
        Backbone backbone = new TrainingSettings { Backbone = Named(named) }.OpenBackbone(StoreFor(context, parsed, named, store), context.Packaged);
        return Math.Min(backbone.Preprocessing.Width, backbone.Preprocessing.Height);
    }

    private static void Fix(CommandContext context, DatasetCheckResult result, string folder, CancellationToken cancellationToken)
    {
        SetAsideResult moved = SetAside.Apply(result, cancellationToken);
        Tell(context, moved);
        context.Error.WriteLine(moved.Moved.Count == 0
            ? "No file was moved."
            : FormattableString.Invariant($"Moved {Files(moved.Moved.Count)} into '{moved.Folder}'. Nothing was deleted; {HelpPage.Tool} check {(folder.Contains(' ') ? $"\"{folder}\"" : folder)} --undo moves them back."));
    }

    private static int Undo(CommandContext context, string folder, CancellationToken cancellationToken)
    {
        SetAsideResult moved = SetAside.Undo(folder, cancellationToken);
        Tell(context, moved);
        context.Error.WriteLine(moved.Moved.Count + moved.Left.Count == 0
            ? $"In '{folder}' no file is set aside, so there is nothing to move back."
            : FormattableString.Invariant($"Moved {Files(moved.Moved.Count)} back."));
        return moved.Left.Count == 0 ? ExitStatus.Done : ExitStatus.Failed;
    }

    private static void Tell(CommandContext context, SetAsideResult moved) => RunMessages.Write(context.Error, [], [], moved.Left);

    private static string Files(int count) => FormattableString.Invariant($"{count:N0} file{(count == 1 ? "" : "s")}");
}
