using InceptionMl.Backbones;
using InceptionMl.Internal;
using InceptionMl.Models;
using InceptionMl.Models.Internal;
using InceptionMl.Models.Registry;
using InceptionMl.Models.Registry.Internal;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Evaluation;
using InceptionMl.Training.Evaluation.Comparison;
using InceptionMl.Training.Features;
using InceptionMl.Training.Features.Internal;
using InceptionMl.Training.Versions;
using InceptionMl.Training.Versions.Internal;

namespace InceptionMl.Training.Retraining;

/// <summary>
/// Trains a challenger by a pipeline, measures it and the champion of the pipeline's registry on the same frozen test images, those that
/// the champion was trained on left out, adds it to the registry and promotes it where the acceptance rules hold. Only images whose content is new are featurized where the pipeline has a cache;
/// the registry is held for the whole run, so that two never interleave.
/// </summary>
/// <param name="settings">What to do, as a pipeline file says it.</param>
/// <param name="options">Null takes every default.</param>
public sealed class Retrainer(TrainingSettings settings, RetrainOptions? options = null)
{
    private readonly RetrainOptions options = OptionsCheck.Validated(options);
    private readonly IReadOnlyList<IAcceptanceRule> rules = options?.Rules ?? settings.Acceptance.ToRules();

    /// <summary>Retrains once.</summary>
    /// <param name="progress">Told after each image.</param>
    /// <param name="headProgress">Told while the head is searched and fitted.</param>
    /// <param name="cancellationToken">Stops between images and between steps of the head's search; no version is added then.</param>
    /// <exception cref="PipelineException">The registry or the cache is inside the images.</exception>
    /// <exception cref="DatasetException">The images cannot be trained on; the message says why and what to do.</exception>
    /// <exception cref="BackboneException">The backbone is not there or cannot be used.</exception>
    /// <exception cref="RegistryException">The registry cannot be read or changed, or somebody else changes it.</exception>
    /// <exception cref="ModelFormatException">The registry's disk has no room for another version.</exception>
    public async Task<RetrainResult> RetrainAsync(
        IProgress<FeatureProgress>? progress = null, IProgress<HeadProgress>? headProgress = null, CancellationToken cancellationToken = default)
    {
        TimeProvider time = options.Registry.Time;
        long start = time.GetTimestamp();
        PipelineFile.Check(settings, Path.Combine(RegistryPath, RegistryFolder.PipelineFile));
        Backbone backbone = settings.OpenBackbone(options.Store, options.Packaged);
        RefuseImagesThatCannotBeTrainedOn(cancellationToken);
        using RegistryWriter registry = await RegistryWriter.OpenAsync(RegistryPath, options.Registry, cancellationToken).ConfigureAwait(false);
        ModelDestination.CheckSpace(Path.Combine(registry.Registry.Folder, RegistryFolder.ModelFile), backbone.Network.Length);
        ImageDataset dataset = settings.OpenDataset(cancellationToken);
        Champion? champion = Champion.Load(registry);
        if (champion?.Sees(backbone) == false)
        {
            champion.RequireUsable(registry.Registry);
        }

        RegistryHistory known = RegistryHistory.Read(registry);
        FeatureOptions features = new TrainOptions { Workers = options.Workers }.ToFeatureOptions(settings);
        using TrainingRun run = new(backbone, settings, features, dataset, time);

        IReadOnlyList<Diagnostic> looked = await run.CheckAsync(cancellationToken).ConfigureAwait(false);
        LabeledFeatures found = Recordable(await run.ExtractAsync(progress, cancellationToken).ConfigureAwait(false));
        Twins twins = Twins.Find(registry.Registry, known, champion, found, cancellationToken);
        FrozenTestSplit held = FrozenTestSplit.Create(known, found, twins, options.AcceptTestRelabels);
        DatasetDiff? since = champion is null ? null : DatasetDiff.Create(champion, found, twins);
        TrainingData data = await run.SplitAsync(held.Images, held.Frozen, twins.Drawn, progress, cancellationToken).ConfigureAwait(false);
        if (!options.Force && champion?.Version.IsCurrent == true && registry.Registry.Versions[^1] is var latest && RollbackGuard.IsRepeated(latest, settings, backbone, Images(data)))
        {
            return Unchanged(registry.Registry, run, data, latest, champion) with { Changes = held.Changes, TotalSeconds = time.GetElapsedTime(start).TotalSeconds };
        }

        string version = registry.NextVersion;
        string folder = new RegistryFolder(registry.Registry.Folder).Version(version);
        TrainedHead head = run.Fit(data, champion?.WarmStart(backbone, settings, since!), headProgress, cancellationToken);
        TrainResult trained = run.Evaluate(head, Path.Combine(folder, RegistryFolder.ModelFile), Path.Combine(folder, RegistryFolder.CardFile));
        trained = trained with
        {
            Compared = options.Compared,
            Diagnostics =
            [
                .. looked, .. Diagnose(registry.Registry, champion, backbone, data), .. data.Split.StraddlingGroups(), .. known.Diagnostics, .. twins.Diagnostics, .. held.Diagnostics, .. held.Moves(data.Split.Parts), .. trained.Diagnostics,
            ],
        };

        long compareStart = time.GetTimestamp();
        ChampionChallengerTest? duel = champion is null ? null : new ChampionChallengerTest(champion, head, dataset.Classes, since!, twins);
        ModelComparison? comparison = duel is null ? null : await duel.RunAsync(
            backbone, features, progress, cancellationToken).ConfigureAwait(false);
        comparison = comparison is null ? null : await WithBestAsync(comparison).ConfigureAwait(false);
        if (duel?.CacheProblem is { } problem && !trained.Diagnostics.Contains(problem))
        {
            trained = trained with { Diagnostics = [.. trained.Diagnostics, problem] };
        }

        AcceptanceDecision decision = Judge(registry.Registry, comparison, backbone, data);
        RetrainResult result = new()
        {
            Registry = registry.Registry.Folder,
            Version = version,
            Rules = decision.Results,
            ChampionVersion = champion?.Version.Version,
            Comparison = comparison,
            Training = trained,
            Changes = held.Changes,
            CompareSeconds = time.GetElapsedTime(compareStart).TotalSeconds,
            TotalSeconds = time.GetElapsedTime(start).TotalSeconds,
        };
        await PublishAsync(registry, run, head, held, twins, result, cancellationToken).ConfigureAwait(false);
        return result with { TotalSeconds = time.GetElapsedTime(start).TotalSeconds };

        // The best so far is the one with the least Brier score against the champion, on images that neither was fitted on.
        async Task<ModelComparison> WithBestAsync(ModelComparison ofChampion)
        {
            (string Version, ModelComparison Comparison)? best = null;
            foreach (Champion earlier in champion!.LoadEarlier(registry.Registry, backbone))
            {
                try
                {
                    ChampionChallengerTest test = new(earlier, head, dataset.Classes, DatasetDiff.Create(earlier, found, twins), twins);
                    ModelComparison measured = await test.RunAsync(backbone, features, progress: null, cancellationToken).ConfigureAwait(false);
                    if (measured.Champion.Images > 0 && measured.BrierChange.Mean > (best?.Comparison ?? ofChampion).BrierChange.Mean)
                    {
                        best = (earlier.Version.Version, measured);
                    }
                }
                catch (RegistryException)
                {
                    // Without its list of images nobody knows what it was fitted on.
                }
            }

            return best is { } chosen ? ofChampion with { BestVersion = chosen.Version, Best = chosen.Comparison } : ofChampion;
        }
    }

    // What the latest version gives on the images of today, which are those it was made from.
    private static RetrainResult Unchanged(ModelRegistry registry, TrainingRun run, TrainingData data, ModelVersion latest, Champion champion)
    {
        LinearHead head = champion.Version.Version == latest.Version ? champion.Model.Head : ModelPackage.Read(latest.ModelPath).Head;
        ModelHead made = latest.Card!.Head;
        HeadSearchResult search = new(head, made.Trainer, made.L2, double.NaN, double.NaN, head, []);
        TrainResult known = run.Evaluate(new TrainedHead(data, data.Split.TrainingSet(data.Augmented), search, 0), latest.ModelPath, Path.Combine(latest.Folder, RegistryFolder.CardFile));
        return new RetrainResult
        {
            Registry = registry.Folder,
            Version = latest.Version,
            IsUnchanged = true,
            Rules = AcceptanceDecision.Create("unchanged", holds: false, $"nothing changed since version {latest.Version}: images, labels and settings are the same").Results,
            ChampionVersion = champion.Version.Version,
            Comparison = null,

            // The head was fitted on the validation images, too.
            Training = known with { Validation = ClassificationMetrics.None(known.Classes), ValidationNote = null, Diagnostics = [.. known.Diagnostics.Where(one => one.Id != DiagnosticIds.AccuracyGap)] },
            Changes = null,
            CompareSeconds = 0,
            TotalSeconds = 0,
        };
    }

    private AcceptanceDecision Judge(ModelRegistry registry, ModelComparison? comparison, Backbone backbone, TrainingData data)
    {
        if (comparison is null)
        {
            return registry.Versions.Count == 0
                ? AcceptanceDecision.Create("first-version", holds: true, "it is the first version")
                : AcceptanceDecision.Create("none-promoted", holds: true, "no version was promoted before");
        }

        AcceptanceDecision decision = AcceptanceDecision.Judge(rules, comparison);
        return RollbackGuard.Repeated(registry, settings, backbone, Images(data)) is { } repeated
            ? decision.With(AcceptanceDecision.Create(
                "rolled-back",
                holds: false,
                $"it is made from the same images by the same pipeline as {repeated}, which was rolled back from; change one of them, or promote it by its name"))
            : decision;
    }

    private IEnumerable<Diagnostic> Diagnose(ModelRegistry registry, Champion? champion, Backbone backbone, TrainingData data)
    {
        // Versions before features from several blocks wrote no setting for it.
        if (champion?.Model.Card.Backbone is { Outputs.Features.Sources: null } earlier && earlier.Sha256 == backbone.Card.Sha256 && backbone.Card.Outputs.Features.Sources is { } sources)
        {
            yield return Diagnostic.Note(DiagnosticIds.FeaturesFromOtherBlocks, FormattableString.Invariant(
                $"The features come from {sources.Count} blocks of the network, where those of version {champion.Version.Version} come from its last block alone, so every image goes through the network again; to go on as before, set \"features\" to \"last\" in \"backbone\"."));
        }

        if (champion is { Version.IsCurrent: false })
        {
            yield return Diagnostic.Warning(
                DiagnosticIds.CurrentVersionLost,
                $"{registry.Folder} has lost its file 'current'; version {champion.Version.Version}, promoted last by its record, is taken for the champion.",
                registry.Folder);
        }

        if (champion is null && rules.Count > 0 && data.Split.Count(SplitPart.Test) == 0)
        {
            yield return Diagnostic.Warning(
                DiagnosticIds.NoTestImages,
                "There is no test image, so no later version can be compared with this one and take its place: set \"test\" in \"split\", or switch all acceptance rules off.");
        }
    }

    /// <summary>The images without those whose path or label no line of a table can hold.</summary>
    private static LabeledFeatures Recordable(LabeledFeatures found)
    {
        SortedSet<int> unfit =
        [
            .. Enumerable.Range(0, found.Readable).Where(i => !RegistryCsv.IsText(found.Samples[i].Path) || !RegistryCsv.IsText(found.Samples[i].Label)),
        ];
        return found.Without(unfit) with
        {
            Problems =
            [
                .. found.Problems,
                .. unfit.Select(i => new ImageProblem(SingleLineText.Clean(found.Samples[i].Path, 1_000), "holds a control character in its path or label: rename it")),
            ],
        };
    }

    private string RegistryPath => settings.Registry?.Full ?? throw new PipelineException("The training settings name no registry, which retraining needs.");

    private async Task PublishAsync(
        RegistryWriter registry, TrainingRun run, TrainedHead head, FrozenTestSplit held, Twins twins, RetrainResult result, CancellationToken cancellationToken)
    {
        await registry.PublishAsync(
            async (folder, token) =>
            {
                run.Save(head, result.Training, Path.Combine(folder, RegistryFolder.ModelFile), Path.Combine(folder, RegistryFolder.CardFile));
                PipelineFile.Write(settings, Path.Combine(folder, RegistryFolder.PipelineFile));
                await VersionImages.WriteAsync(folder, Images(head.Data), token).ConfigureAwait(false);
                if (result.Comparison is { } comparison)
                {
                    await File.WriteAllBytesAsync(Path.Combine(folder, RegistryFolder.ComparisonFile), comparison.ToStored(result.ChampionVersion!).ToJson(), token).ConfigureAwait(false);
                }

                VersionFingerprints.Write(folder, head.Data.Images.Hashes, head.Data.Images.Fingerprints, twins.Drawn);
                if (settings.Reports.Html)
                {
                    byte[] page = RetrainReport.Create(result, Path.Combine(folder, RegistryFolder.ModelFile), Files(head.Data), token);
                    await File.WriteAllBytesAsync(Path.Combine(folder, RegistryFolder.ReportFile), page, token).ConfigureAwait(false);
                }

                // Before there is a version that was measured on them: should this be the last step done, they are only frozen early.
                token.ThrowIfCancellationRequested();
                registry.WriteFrozenTest(held.Freeze(head.Data.Split.Parts, result.Version));
            },
            cancellationToken).ConfigureAwait(false);
        if (result.Promoted)
        {
            registry.Promote(result.Version, string.Join("; ", result.Reasons.Select(rule => rule.Message)));
        }
        else if (registry.Registry.CurrentName is null && result.ChampionVersion is { } kept)
        {
            registry.Promote(kept, "the registry had lost its file 'current'");
        }
    }

    // Those that are trained on are listed again once the registry is held: others may have been at it for hours.
    private void RefuseImagesThatCannotBeTrainedOn(CancellationToken cancellationToken) => settings.OpenDataset(cancellationToken);

    private static IEnumerable<VersionImage> Images(TrainingData data) => data.Images.Samples.Select((sample, i) =>
        new VersionImage(data.Images.Hashes[i], sample.Label, data.Split.Parts[i], sample.Path));

    private static Func<string, string> Files(TrainingData data)
    {
        Dictionary<string, string> byPath = new(StringComparer.Ordinal);
        foreach (ImageSample sample in data.Images.Samples)
        {
            byPath.TryAdd(sample.Path, sample.FullPath);
        }

        return path => byPath[path];
    }
}
