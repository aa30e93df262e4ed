using System.Security.Cryptography;
using InceptionMl.Models.Registry;
using InceptionMl.TestSupport;
using InceptionMl.Training.Versions;

namespace InceptionMl.Training.Tests.Registry;

/// <summary>What a registry should be after each change, kept beside the real one, whatever befell the change.</summary>
internal sealed class ExpectedRegistry(string folder)
{
    private const int NeverFails = int.MaxValue;

    private readonly ModelRegistry registry = new(folder);
    private readonly SortedDictionary<string, string> versions = new(StringComparer.Ordinal);
    private readonly List<string> promoted = [];
    private string newest = "0000";

    private string? Current => promoted.LastOrDefault();

    /// <summary>Makes one change, perhaps on a failing disk, and compares.</summary>
    public async Task ChangeAsync(RegistryChange change)
    {
        FailingDisk disk = new(change.Steps < 0 ? NeverFails : change.Steps, change.IsFull);
        string? wanted = Wanted(change);
        string[] doomed = change.Kind == ChangeKind.Prune ? Doomed(1 + (change.Choice % 3)) : [];
        bool done = await Apply(change, wanted, disk);

        Assert.True(done || disk.HasFailed || (change.Kind == ChangeKind.Rollback && wanted is null));
        Learn(change, wanted, done, doomed);
        Compare();
    }

    /// <summary>Nothing of what was begun is left once somebody has held the registry again.</summary>
    public async Task SweptAsync()
    {
        (await RegistryWriter.OpenAsync(folder, new RegistryWriter.Options { Disk = new FailingDisk(NeverFails, isFull: false) })).Dispose();
        Assert.Empty(Directory.GetFiles(folder, "*.tmp", SearchOption.AllDirectories));
        Assert.False(Directory.Exists(Path.Combine(folder, ".staging")));
        Assert.False(File.Exists(Path.Combine(folder, ".holder")));
        Compare();
    }

    private async Task<bool> Apply(RegistryChange change, string? wanted, FailingDisk disk)
    {
        try
        {
            using RegistryWriter writer = await RegistryWriter.OpenAsync(folder, new RegistryWriter.Options { Disk = disk });
            switch (change.Kind)
            {
                case ChangeKind.Publish:
                    ModelVersion published = await writer.PublishAsync((staged, _) => Write(staged, change));
                    Assert.True(string.CompareOrdinal(published.Version, newest) > 0, "a version's number was given twice");
                    break;
                case ChangeKind.Promote when wanted is not null:
                    Assert.Equal(wanted, writer.Promote(wanted, "chosen").Version);
                    break;
                case ChangeKind.Rollback:
                    Assert.Equal(wanted, writer.Rollback("regretted").Version);
                    break;
                case ChangeKind.Prune:
                    writer.Prune(1 + (change.Choice % 3));
                    break;
            }

            return true;
        }
        catch (RegistryException)
        {
            return false;
        }
        catch (IOException)
        {
            Assert.True(change is { Kind: ChangeKind.Publish, FailsInside: true });
            return change.FailsInside;
        }
    }

    private static async Task Write(string staged, RegistryChange change)
    {
        await SmallVersion.WriteAsync(staged, accuracy: change.Choice / 1000.0);
        if (change.FailsInside)
        {
            File.Delete(Path.Combine(staged, "card.json"));
            throw new IOException("The writing broke off");
        }
    }

    private string? Wanted(RegistryChange change) => change.Kind switch
    {
        ChangeKind.Promote when versions.Count > 0 => versions.Keys.ElementAt(change.Choice % versions.Count),
        ChangeKind.Rollback => Earlier(),
        _ => null,
    };

    private string? Earlier() => promoted.LastOrDefault(version => version != Current && versions.ContainsKey(version));

    private string[] Doomed(int keep) => [.. versions.Keys.SkipLast(keep).Where(version => version != Current && version != Earlier())];

    // A change that failed may have been made or not, but nothing between, and nothing else.
    private void Learn(RegistryChange change, string? wanted, bool done, string[] doomed)
    {
        string[] found = Names();
        string[] appeared = [.. found.Except(versions.Keys)];
        string[] vanished = [.. versions.Keys.Except(found)];
        Assert.True(appeared.Length <= (change is { Kind: ChangeKind.Publish, FailsInside: false } ? 1 : 0));
        Assert.Empty(vanished.Except(doomed));
        if (done && !change.FailsInside)
        {
            Assert.Equal(change.Kind == ChangeKind.Publish ? 1 : 0, appeared.Length);
            Assert.Equal(doomed, vanished);
        }

        foreach (string version in vanished)
        {
            versions.Remove(version);
        }

        foreach (string version in appeared)
        {
            Assert.True(string.CompareOrdinal(version, newest) > 0);
            newest = version;
            versions.Add(version, Hash(version));
        }

        string? current = registry.CurrentName;
        if (wanted is null || wanted == Current || (!done && current == Current))
        {
            return;
        }

        Assert.Equal(wanted, current);
        if (change.Kind == ChangeKind.Rollback)
        {
            promoted.RemoveRange(promoted.LastIndexOf(wanted) + 1, promoted.Count - promoted.LastIndexOf(wanted) - 1);
        }
        else
        {
            promoted.Add(wanted);
        }
    }

    private void Compare()
    {
        Assert.Equal(Current, registry.CurrentName);
        Assert.Equal(Current, registry.Current?.Version);
        IReadOnlyList<ModelVersion> versions = registry.Versions;
        Assert.All(versions, version => Assert.Equal((null, true), (version.Problem, version.IsComplete)));
        Assert.Equal(this.versions, versions.ToDictionary(version => version.Version, version => Hash(version.Version)));
    }

    private string[] Names() => !Directory.Exists(Path.Combine(folder, "versions"))
        ? []
        : [.. Directory.GetDirectories(Path.Combine(folder, "versions")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private string Hash(string version) => string.Join(' ', Directory.GetFiles(Path.Combine(folder, "versions", version)).Order(StringComparer.Ordinal)
        .Select(file => Path.GetFileName(file) + Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)).AsSpan(0, 8))));
}
