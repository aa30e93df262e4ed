using System.CommandLine;
using InceptionMl.Backbones;
using InceptionMl.Training;
using InceptionMl.Training.Checks;
using InceptionMl.Training.Checks.Internal;

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
        Option<string?> backbone = new("--backbone")
        {
            Description = "The backbone that the images are meant for, by name or path: how large an image it takes says which are too small. The default is inception-compact.",
        };
        Option<string?> store = StoreOption.Create();
        Option<bool> json = new("--json") { Description = "One line of JSON per finding on standard output and nothing else there." };
        Option<string> format = CommonOptions.Format();
        Command verb = new("check", "Look for what is wrong with labeled images before they are trained on.") { images, fix, undo };
        SourceOptions sources = new();
        sources.AddTo(verb);
        foreach (Option option in (Option[])[backbone, store, json, format])
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

            DatasetCheckOptions options = new() { InputSize = InputSize(context, parsed, parsed.GetValue(backbone), store) };
            DatasetCheckResult result = await ProgressDisplay.CountAsync(
                context, progress => DatasetCheck.RunAsync(sources.Source(parsed, folder), options, progress, cancellationToken));
            if (CommonOptions.IsJson(parsed, json, format))
            {
                CheckReport.WriteJson(context, result);
            }
            else
            {
                CheckReport.Write(context, result, tellsFix: !parsed.GetValue(fix));
            }

            if (parsed.GetValue(fix))
            {
                Fix(context, result, folder, cancellationToken);
            }

            return result.Findings.Any(finding => finding.Severity == DiagnosticSeverity.Error) ? ExitStatus.SomeUnreadable : ExitStatus.Done;
        });
        return verb;
    }

    private static int InputSize(CommandContext context, ParseResult parsed, string? named, Option<string?> store)
    {
        bool isStored = BackboneChoice.MayBeStored(named) && !context.Packaged.Any(packaged => packaged.Name == named);
        Backbone backbone = new TrainingSettings { Backbone = new BackboneSettings { Model = named ?? Backbone.EmbeddedName } }
            .OpenBackbone(isStored ? StoreOption.Open(parsed, store, context) : null, context.Packaged);
        return Math.Min(backbone.Preprocessing.Width, backbone.Preprocessing.Height);
    }

    private static void Fix(CommandContext context, DatasetCheckResult result, string folder, CancellationToken cancellationToken)
    {
        SetAsideResult moved = SetAside.Apply(result, cancellationToken);
        Tell(context, moved);
        context.Error.WriteLine(moved.Moved.Count == 0
            ? "No file was moved."
            : FormattableString.Invariant($"Moved {Files(moved.Moved.Count)} into '{moved.Folder}'. Nothing was deleted; {HelpPage.Tool} check {folder} --undo moves them back."));
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
