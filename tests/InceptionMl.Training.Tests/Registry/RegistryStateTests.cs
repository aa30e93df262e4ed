using CsCheck;
using InceptionMl.Models.Registry;
using InceptionMl.TestSupport;
using InceptionMl.Training.Versions;

namespace InceptionMl.Training.Tests.Registry;

/// <summary>Any sequence of changes, any of them cut off at any step: nothing is lost, and <c>current</c> names a complete version.</summary>
public sealed class RegistryStateTests
{
    private static readonly Gen<RegistryChange> Change = Gen.Select(
        Gen.Frequency(
            (3, Gen.Const(ChangeKind.Publish)), (3, Gen.Const(ChangeKind.Promote)), (2, Gen.Const(ChangeKind.Rollback)), (1, Gen.Const(ChangeKind.Prune))),
        Gen.Int[0, 999],
        Gen.Frequency((1, Gen.Const(-1)), (1, Gen.Int[0, 16])),
        Gen.Bool,
        Gen.Frequency((5, Gen.Const(false)), (1, Gen.Const(true))),
        (kind, choice, steps, isFull, failsInside) => new RegistryChange(kind, choice, steps, isFull, failsInside && kind == ChangeKind.Publish));

    [Fact]
    [Trait("Category", "Slow")]
    public Task Whatever_happens_nothing_is_lost_and_current_names_a_complete_version() => Change.Array[5, 25].SampleAsync(
        async changes =>
        {
            using TemporaryFolder folder = new();
            ExpectedRegistry expected = new(folder.Path);
            foreach (RegistryChange change in changes)
            {
                await expected.ChangeAsync(change);
            }

            await expected.SweptAsync();
        },
        iter: 50,
        threads: 2);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Category", "Slow")]
    public async Task Each_kind_of_change_may_be_cut_off_at_each_of_its_steps(bool isFull)
    {
        foreach (ChangeKind kind in Enum.GetValues<ChangeKind>())
        {
            for (int steps = 0; steps < 14; steps++)
            {
                using TemporaryFolder folder = new();
                ExpectedRegistry expected = new(folder.Path);
                foreach (ChangeKind before in (ChangeKind[])[ChangeKind.Publish, ChangeKind.Publish, ChangeKind.Publish])
                {
                    await expected.ChangeAsync(new RegistryChange(before, 1, -1, false, false));
                }

                await expected.ChangeAsync(new RegistryChange(ChangeKind.Promote, 0, -1, false, false));
                await expected.ChangeAsync(new RegistryChange(ChangeKind.Promote, 2, -1, false, false));
                await expected.ChangeAsync(new RegistryChange(kind, 0, steps, isFull, false));
                await expected.ChangeAsync(new RegistryChange(ChangeKind.Rollback, 0, -1, false, false));
                await expected.SweptAsync();
            }
        }
    }

    [Fact]
    public async Task Two_writers_at_once_take_turns_and_readers_never_see_half()
    {
        using TemporaryFolder folder = new();
        ModelRegistry registry = new(folder.Path);
        Task[] writers = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            for (int i = 0; i < 6; i++)
            {
                using RegistryWriter writer = await RegistryWriter.OpenAsync(
                    folder.Path, new RegistryWriter.Options { Patience = TimeSpan.MaxValue, Disk = new FailingDisk(int.MaxValue, isFull: false) });
                ModelVersion published = await writer.PublishAsync((staged, _) => SmallVersion.WriteAsync(staged));
                writer.Promote(published.Version, "newer");
                writer.Prune(2);
            }
        }))];
        Task all = Task.WhenAll(writers);
        while (!all.IsCompleted)
        {
            Assert.True(registry.Current is null or { IsComplete: true });
        }

        await all;
        Assert.Equal(["0011", "0012"], registry.Versions.Select(version => version.Version));
        Assert.Equal("0012", registry.Current!.Version);
        Assert.Equal(
            Enumerable.Range(1, 12).Select(number => number.ToString("0000", System.Globalization.CultureInfo.InvariantCulture)),
            registry.Promotions.Select(promotion => promotion.Version));
    }
}
