using System.Security.Cryptography;
using InceptionMl.Models.Registry;
using InceptionMl.Scoring;
using InceptionMl.TestSupport;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Datasets.Internal;
using InceptionMl.Training.Retraining;
using InceptionMl.Training.Tests.Registry;
using InceptionMl.Training.Versions;
using InceptionMl.Training.Versions.Internal;

namespace InceptionMl.Training.Tests.Retraining;

/// <summary>What a registry and its frozen test images should be after each step, kept beside the real ones, whatever befell the step.</summary>
internal sealed class ExpectedRetraining : IDisposable
{
    private const int NeverFails = int.MaxValue;

    private readonly RetrainScene scene = new();
    private readonly SortedDictionary<string, string> versions = new(StringComparer.Ordinal);
    private readonly HashSet<string> opened = [];
    private FrozenTest frozen = FrozenTest.Empty;
    private HashSet<string> latestLabels = [];
    private int names;

    public ExpectedRetraining() => scene.AddClasses(2, 10);

    private string[] Classes => [.. Directory.GetDirectories(scene.Images).Order(StringComparer.Ordinal)];

    private string[] Files => [.. Directory.GetFiles(scene.Images, "*.png", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    public void Dispose() => scene.Dispose();

    /// <summary>Takes a step and compares.</summary>
    /// <returns>Whether the disk cut a retraining off.</returns>
    public async Task<bool> TakeAsync(RetrainStep step)
    {
        bool cut = false;
        string[] pruned = [];
        switch (step.Kind)
        {
            case RetrainStepKind.Retrain:
                cut = await RetrainAsync(step);
                break;
            case RetrainStepKind.Promote or RetrainStepKind.Rollback or RetrainStepKind.Prune:
                pruned = await ChangeRegistryAsync(step);
                break;
            default:
                ChangeImages(step);
                break;
        }

        Compare(step, pruned);
        return cut;
    }

    /// <summary>With enough images in each class and nothing in the way, a retraining succeeds whatever went before.</summary>
    public async Task RecoverAsync()
    {
        for (int i = 0; i < Classes.Length; i++)
        {
            scene.Add(Path.GetRelativePath(scene.Folder.Path, Classes[i]), 6, i % 4);
        }

        string? newest = versions.Keys.LastOrDefault();
        await TakeAsync(new RetrainStep(RetrainStepKind.Retrain, 0, false, 0, -1, false));
        Assert.NotEqual(newest, versions.Keys.Last());
        Assert.NotNull(scene.Registry.Current);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(scene.Registry.Folder, ".staging")));
    }

    private async Task<bool> RetrainAsync(RetrainStep step)
    {
        using CancellationTokenSource stop = new();
        CancelAt cancel = new(step.Reports, stop);
        FailingDisk disk = Disk(step);
        HashSet<ContentHash>? fitted = await ChampionAsync() is { } champion
            ? [.. VersionImages.Read(champion).Where(image => image.Part != SplitPart.Test).Select(image => image.Hash)]
            : null;
        RetrainOptions options = new() { Force = true, AcceptTestRelabels = step.Accepts, Workers = 1, Registry = new RegistryWriter.Options { Disk = disk } };
        try
        {
            RetrainResult result = await new Retrainer(PipelineFile.Read(scene.PipelinePath), options).RetrainAsync(cancel, cancel, stop.Token);
            Assert.False(versions.ContainsKey(result.Version));
            Assert.Equal(result.Promoted, scene.Registry.CurrentName == result.Version);
            Measured(result, fitted);
        }
        catch (DatasetException)
        {
            // Too few images of a class: the message is told, nothing changes.
        }
        catch (RegistryException)
        {
            Assert.True(disk.HasFailed);
        }
        catch (OperationCanceledException)
        {
            Assert.True(stop.IsCancellationRequested);
        }

        return disk.HasFailed;
    }

    private async Task<ModelVersion?> ChampionAsync()
    {
        using RegistryWriter writer = await RegistryWriter.OpenAsync(scene.Registry.Folder);
        return writer.Registry.Current ?? writer.LastRecorded;
    }

    /// <summary>Neither model is judged by an image that it was fitted on, nor by a content twice.</summary>
    private void Measured(RetrainResult result, HashSet<ContentHash>? fitted)
    {
        HashSet<ContentHash> test = [.. scene.Data(result.Version).Where(image => image.Part == SplitPart.Test).Select(image => image.Hash)];
        int all = test.Count;
        test.ExceptWith(fitted ?? []);
        Assert.Equal(fitted is null, result.Comparison is null);
        Assert.Equal(result.Comparison is null ? all : test.Count, result.Comparison is { } comparison ? comparison.Champion.Images + (comparison.NewClasses?.Images ?? 0) : all);
        Assert.Equal(all - test.Count, result.Comparison?.LeftOut ?? 0);
        Assert.False(result.Promoted && result.Comparison is { Champion.Images: 0 });
    }

    private async Task<string[]> ChangeRegistryAsync(RetrainStep step)
    {
        FailingDisk disk = Disk(step);
        int keep = 1 + (step.Choice % 3);
        try
        {
            using RegistryWriter writer = await RegistryWriter.OpenAsync(scene.Registry.Folder, new RegistryWriter.Options { Disk = disk });
            switch (step.Kind)
            {
                case RetrainStepKind.Promote when versions.Count > 0:
                    writer.Promote(versions.Keys.ElementAt(step.Choice % versions.Count), "chosen");
                    break;
                case RetrainStepKind.Rollback:
                    writer.Rollback("regretted");
                    break;
                case RetrainStepKind.Prune:
                    writer.Prune(keep);
                    break;
            }
        }
        catch (RegistryException)
        {
            Assert.True(disk.HasFailed || step.Kind == RetrainStepKind.Rollback);
        }

        return step.Kind == RetrainStepKind.Prune ? [.. versions.Keys.SkipLast(keep)] : [];
    }

    private void ChangeImages(RetrainStep step)
    {
        string[] classes = Classes;
        string one = classes[step.Choice % classes.Length];
        switch (step.Kind)
        {
            case RetrainStepKind.AddImages:
                scene.Add(Path.GetRelativePath(scene.Folder.Path, one), 2 + (step.Choice % 3), step.Choice % 4);
                break;
            case RetrainStepKind.RemoveImages:
                Array.ForEach([.. Files.Where((_, i) => (i + step.Choice) % 7 == 0)], File.Delete);
                break;
            case RetrainStepKind.Relabel:
                Move(Files, step, classes);
                break;
            case RetrainStepKind.RelabelTest:
                Move([.. Files.Where(file => frozen.Contains(Content(file)))], step, classes);
                break;
            case RetrainStepKind.RenameClass:
                Directory.Move(one, Path.Combine(scene.Images, Name()));
                break;
            case RetrainStepKind.RemoveClass when classes.Length > 2:
                Directory.Delete(one, recursive: true);
                break;
            case RetrainStepKind.NewClass when classes.Length < 4:
                scene.Add($"images/{Name()}", 6, step.Choice % 4);
                break;
            case RetrainStepKind.ChangeSplit:
                scene.WritePipeline(split: FormattableString.Invariant($"\"validation\": 0.15, \"test\": 0.{step.Choice % 4}"));
                break;
        }
    }

    private static void Move(string[] files, RetrainStep step, string[] classes)
    {
        if (files.Length > 0)
        {
            string file = files[step.Choice % files.Length];
            File.Move(file, Path.Combine(classes[step.Choice / 7 % classes.Length], Path.GetFileName(file)), overwrite: true);
        }
    }

    private string Name() => FormattableString.Invariant($"class{names++:00}");

    private void Compare(RetrainStep step, string[] pruned)
    {
        Dictionary<ContentHash, HashSet<string>> labels = Files
            .GroupBy(Content, file => Path.GetFileName(Path.GetDirectoryName(file)!))
            .ToDictionary(image => image.Key, image => image.ToHashSet(StringComparer.Ordinal));
        FrozenTest frozen = FrozenTest.Read(scene.Registry.Folder);
        foreach (FrozenImage before in this.frozen.Images)
        {
            Assert.True(frozen.TryGet(before.Hash, out FrozenImage? after), "a frozen image was lost");
            Assert.Equal(before.Since, after.Since);
            Assert.True(MayCountAs(before, after.Label, step, labels), $"frozen as {before.Label}, now {after.Label}");
        }

        IReadOnlyList<ModelVersion> versions = scene.Registry.Versions;
        Assert.All(versions, version => Assert.True(version.IsComplete, version.Problem));
        string[] lost = [.. this.versions.Keys.Except(versions.Select(version => version.Version))];
        Assert.Empty(lost.Except(pruned));
        Array.ForEach(lost, version => this.versions.Remove(version));
        foreach (ModelVersion version in versions)
        {
            if (this.versions.TryAdd(version.Version, Hash(version)))
            {
                Appeared(version, step, frozen, labels);
            }

            Assert.Equal(this.versions[version.Version], Hash(version));
        }

        this.frozen = frozen;
        Opens();
    }

    private void Appeared(ModelVersion version, RetrainStep step, FrozenTest frozen, Dictionary<ContentHash, HashSet<string>> labels)
    {
        Assert.Equal(RetrainStepKind.Retrain, step.Kind);
        Assert.Equal(version.Version, versions.Keys.Last());
        IReadOnlyList<VersionImage> images = VersionImages.Read(version);
        foreach (VersionImage image in images)
        {
            Assert.Equal(image.Part == SplitPart.Test, frozen.TryGet(image.Hash, out FrozenImage? test));
            Assert.Equal(test?.Label ?? image.Label, image.Label);
            if (this.frozen.TryGet(image.Hash, out FrozenImage? before))
            {
                Assert.Equal(SplitPart.Test, image.Part);
                Assert.True(MayCountAs(before, image.Label, step, labels), $"frozen as {before.Label}, measured as {image.Label}");
            }
        }

        latestLabels = [.. images.Select(image => image.Label)];
    }

    /// <summary>As it was frozen; as it lies now, where that was accepted; by a new name, where the old one is gone.</summary>
    private bool MayCountAs(FrozenImage before, string label, RetrainStep step, Dictionary<ContentHash, HashSet<string>> labels) =>
        label == before.Label
        || (step is { Kind: RetrainStepKind.Retrain, Accepts: true } && labels.TryGetValue(before.Hash, out HashSet<string>? now) && now.Contains(label))
        || (step.Kind == RetrainStepKind.Retrain && !latestLabels.Contains(label) && !labels.Values.Any(all => all.Contains(before.Label)));

    private void Opens()
    {
        ModelVersion? current = scene.Registry.Current;
        Assert.Equal(scene.Registry.CurrentName, current?.Version);
        if (current is not null && opened.Add(current.Version))
        {
            using ImageScorer scorer = ImageScorer.Open(current.ModelPath);
            Assert.Contains(scorer.Score(RetrainScene.Picture(0, 1)).Label, current.Classes);
        }
    }

    private static FailingDisk Disk(RetrainStep step) => new(step.DiskSteps < 0 ? NeverFails : step.DiskSteps, step.IsFull);

    private static ContentHash Content(string file) => ContentHash.Compute(File.ReadAllBytes(file));

    private static string Hash(ModelVersion version) => string.Join(' ', Directory.GetFiles(version.Folder).Order(StringComparer.Ordinal)
        .Select(file => Path.GetFileName(file) + Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)).AsSpan(0, 8))));
}
