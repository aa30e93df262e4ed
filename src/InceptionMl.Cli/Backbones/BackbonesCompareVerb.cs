using System.CommandLine;
using InceptionMl.Training;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Cli;

/// <summary><c>backbones compare IMAGES</c></summary>
internal static class BackbonesCompareVerb
{
    public static Command Create(CommandContext context, Option<string?> store)
    {
        Argument<string> images = new("images") { Description = "A folder of images in any layout, or a CSV or TSV manifest." };
        Option<int> most = new("--images")
        {
            Description = "The most images to compare on; a class has at least five all the same, where it has so many.",
            DefaultValueFactory = _ => BackboneComparison.DefaultImages,
        };
        Option<string?> cache = CommonOptions.Cache();
        Option<bool> json = new("--json") { Description = "One line of JSON for each backbone on standard output and nothing else there." };
        SourceOptions sources = new();
        BackboneChoice choice = new(context, mayRace: true, store, "The backbones to compare: names, ONNX files or NAME@SIZE, with commas between them. The default is auto, all that is at hand.");
        Command verb = new("compare", "Compare backbones on your own images.") { images, most, cache, json };
        sources.AddTo(verb);
        choice.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(most) < 1)
            {
                throw new UsageException($"--images {parsed.GetValue(most)} is no number of images from 1.");
            }

            TrainingSettings settings = new()
            {
                Data = [sources.Source(parsed, parsed.GetRequiredValue(images))],
                Preprocessing = new PreprocessingSettings { Resize = choice.Mode(parsed) },
                Cache = CommonOptions.CacheFolder(parsed, cache) is { } folder ? SettingsPath.FromString(folder) : null,
            };
            BackboneComparison comparison = new(settings, new TrainOptions { Store = choice.AnyStore(parsed), Packaged = context.Packaged }, context.Time);
            IReadOnlyList<BackboneSettings> candidates = choice.Candidates(parsed, comparison)
                ?? (choice.IsGiven(parsed) ? [choice.Settings(parsed)] : choice.All(parsed, comparison));
            IReadOnlyList<BackboneFigures> figures = await BackboneTable.CompareAsync(
                context, comparison, candidates, parsed.GetValue(most), string.Empty, cancellationToken);
            IReadOnlyList<ImageProblem> problems = figures[0].Problems;
            RunMessages.Write(context.Error, [], [], problems);
            if (parsed.GetValue(json))
            {
                foreach (ComparedBackboneOutput one in BackboneTable.ToOutput(figures)!)
                {
                    await context.Output.WriteLineAsync(JsonLine.Write(one));
                }
            }
            else
            {
                BackboneTable.Write(context, figures, BackboneFigures.Choose(figures));
            }

            return problems.Count > 0 ? ExitStatus.SomeUnreadable : ExitStatus.Done;
        });
        return verb;
    }
}
