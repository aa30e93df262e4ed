using CsCheck;

namespace InceptionMl.Training.Tests.Retraining;

/// <summary>
/// Any sequence of changes of the images, of retrainings cut off anywhere, and of changes of the registry: nothing is lost,
/// <c>current</c> names a complete version, and what is frozen in test stays there.
/// </summary>
public sealed class RetrainStateTests
{
    private static readonly Gen<RetrainStepKind> Kind = Gen.Frequency(
        (2, Gen.Const(RetrainStepKind.AddImages)),
        (1, Gen.Const(RetrainStepKind.RemoveImages)),
        (1, Gen.Const(RetrainStepKind.Relabel)),
        (2, Gen.Const(RetrainStepKind.RelabelTest)),
        (1, Gen.Const(RetrainStepKind.RenameClass)),
        (1, Gen.Const(RetrainStepKind.RemoveClass)),
        (1, Gen.Const(RetrainStepKind.NewClass)),
        (2, Gen.Const(RetrainStepKind.ChangeSplit)),
        (6, Gen.Const(RetrainStepKind.Retrain)),
        (1, Gen.Const(RetrainStepKind.Promote)),
        (1, Gen.Const(RetrainStepKind.Rollback)),
        (1, Gen.Const(RetrainStepKind.Prune)));

    private static readonly Gen<RetrainStep> Step = Gen.Select(
        Kind,
        Gen.Int[0, 999],
        Gen.Bool,
        Gen.Frequency((4, Gen.Const(0)), (1, Gen.Int[1, 60])),
        Gen.Frequency((2, Gen.Const(-1)), (1, Gen.Int[0, 18])),
        Gen.Bool,
        (kind, choice, accepts, reports, steps, isFull) => new RetrainStep(kind, choice, accepts, reports, steps, isFull));

    [Fact]
    [Trait("Category", "Slow")]
    public Task Whatever_happens_nothing_is_lost_and_what_is_frozen_stays_frozen() => Step.Array[6, 18].SampleAsync(
        async steps =>
        {
            using ExpectedRetraining expected = new();
            foreach (RetrainStep step in steps)
            {
                await expected.TakeAsync(step);
            }

            await expected.RecoverAsync();
        },
        iter: 8,
        threads: 2);

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_retraining_may_be_cut_off_at_each_step_on_the_disk()
    {
        using ExpectedRetraining expected = new();
        await expected.TakeAsync(new RetrainStep(RetrainStepKind.Retrain, 0, false, 0, -1, false));
        int steps = 0;
        do
        {
            await expected.TakeAsync(new RetrainStep(RetrainStepKind.AddImages, steps, false, 0, -1, false));
        }
        while (await expected.TakeAsync(new RetrainStep(RetrainStepKind.Retrain, 0, false, 0, steps++, false)));

        // To open, stage, flush, freeze, publish and promote takes that many at the least.
        Assert.InRange(steps, 20, 60);
    }
}
