using InceptionMl.TestSupport;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Datasets.Internal;
using InceptionMl.Training.Evaluation.Comparison;
using InceptionMl.Training.Retraining;
using InceptionMl.Training.Versions.Internal;

namespace InceptionMl.Training.Tests.Retraining;

/// <summary>The test images that every version is measured on.</summary>
public sealed class FrozenTestSetTests : IDisposable
{
    private readonly RetrainScene scene = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => scene.Dispose();

    [Fact]
    public async Task Both_models_are_measured_on_the_frozen_images_whatever_became_of_the_others()
    {
        scene.AddClasses(2, 24);
        await scene.RetrainAsync(cancellationToken: Stop);
        HashSet<ContentHash> frozen = scene.Frozen();
        scene.Add("images/red", 20, color: 0);

        RetrainResult result = await scene.RetrainAsync(cancellationToken: Stop);

        Assert.Superset(frozen, scene.Frozen());
        Assert.Equal(scene.Frozen().Count, result.Comparison!.Champion.Images);
        Assert.Equal(result.Comparison.Champion.Images, result.Comparison.Challenger.Images);
        Assert.Equal(scene.Frozen(), scene.Data("0002").Where(image => image.Part == SplitPart.Test).Select(image => image.Hash).ToHashSet());
    }

    [Fact]
    public async Task By_an_image_that_the_champion_was_trained_on_neither_model_is_judged()
    {
        scene.WritePipeline(split: """ "validation": 0.15, "test": 0.1 """);
        scene.AddClasses(2, 24);
        await scene.RetrainAsync(cancellationToken: Stop);
        HashSet<ContentHash> clean = scene.Frozen();
        scene.WritePipeline();

        RetrainResult result = await scene.RetrainAsync(cancellationToken: Stop);

        int known = scene.Frozen().Count - clean.Count;
        Assert.True(known > 0);
        Assert.Equal((clean.Count, known), (result.Comparison!.Champion.Images, result.Comparison.LeftOut));
        Assert.Equal(clean.Count, result.Comparison.Challenger.Images);
        string said = FormattableString.Invariant($"Test images left out of the comparison, because a model was trained on them or on copies of them: {known}.");
        Assert.Contains(said, result.Diagnostics.Select(diagnostic => diagnostic.Message));
        Assert.Contains(said, await File.ReadAllTextAsync(Path.Combine(scene.Registry.Show("0002").Folder, "report.html"), Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_no_test_image_that_is_new_to_the_champion_it_is_kept_and_told_so()
    {
        scene.Add("images/train/red", 12, color: 0);
        scene.Add("images/train/green", 12, color: 1);
        await scene.RetrainAsync(cancellationToken: Stop);
        foreach (VersionImage image in scene.Data("0001"))
        {
            string moved = image.Path.Replace("/train/", "/test/", StringComparison.Ordinal);
            Directory.CreateDirectory(Path.GetDirectoryName(moved)!);
            if (image.Part == SplitPart.Test)
            {
                File.Delete(image.Path);
            }
            else if (image.Part == SplitPart.Validation)
            {
                File.Move(image.Path, moved);
            }
        }

        RetrainResult result = await scene.RetrainAsync(cancellationToken: Stop);

        Assert.False(result.Promoted);
        Assert.StartsWith("the champion was trained on all ", Assert.Single(result.Reasons).Message, StringComparison.Ordinal);
        Assert.Equal("0001", scene.Registry.CurrentName);
    }

    [Fact]
    public async Task Lost_frozen_test_images_are_those_that_the_versions_were_tested_on()
    {
        scene.AddClasses(2, 16);
        await scene.RetrainAsync(cancellationToken: Stop);
        scene.Add("images/red", 12, color: 0);
        await scene.RetrainAsync(cancellationToken: Stop);
        string frozen = scene.Folder.At("registry", "frozen-test.csv");
        string before = await File.ReadAllTextAsync(frozen, Stop);
        File.Delete(frozen);
        scene.WritePipeline(split: """ "validation": 0.15, "test": 0.05 """);

        RetrainResult result = await scene.RetrainAsync(cancellationToken: Stop);
        RetrainResult next = await scene.RetrainAsync(cancellationToken: Stop);

        Assert.Equal(before, await File.ReadAllTextAsync(frozen, Stop));
        Assert.Contains(result.Training.Diagnostics, warning => warning.Message.Contains("has lost its frozen-test.csv", StringComparison.Ordinal));
        Assert.DoesNotContain(next.Training.Diagnostics, warning => warning.Message.Contains("frozen-test.csv", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_class_that_has_a_frozen_image_gives_no_further_one_for_want_of_any()
    {
        scene.WritePipeline(split: """ "validation": 0.0001, "test": 0.0001 """);
        scene.AddClasses(2, 6);
        await scene.RetrainAsync(cancellationToken: Stop);
        HashSet<ContentHash> frozen = scene.Frozen();
        for (int round = 0; round < 3; round++)
        {
            scene.AddClasses(2, 12);
            await scene.RetrainAsync(cancellationToken: Stop);
        }

        Assert.Equal(2, frozen.Count);
        Assert.Equal(frozen, scene.Frozen());
    }

    [Fact]
    public async Task A_smaller_test_fraction_frees_no_frozen_image()
    {
        scene.AddClasses(2, 16);
        await scene.RetrainAsync(cancellationToken: Stop);
        HashSet<ContentHash> frozen = scene.Frozen();
        scene.WritePipeline(split: """ "validation": 0.5, "test": 0.01 """);

        await scene.RetrainAsync(cancellationToken: Stop);

        Assert.True(frozen.Count > 2);
        Assert.Equal(frozen, scene.Data("0002").Where(image => image.Part == SplitPart.Test).Select(image => image.Hash).ToHashSet());
    }

    [Fact]
    public async Task Parts_without_a_test_folder_draw_one_from_train()
    {
        scene.Add("images/train/red", 16, color: 0);
        scene.Add("images/train/green", 16, color: 1);
        scene.Add("images/validation/red", 3, color: 0);
        scene.Add("images/validation/green", 3, color: 1);

        await scene.RetrainAsync(cancellationToken: Stop);
        HashSet<ContentHash> frozen = scene.Frozen();
        scene.Add("images/train/red", 16, color: 0);
        RetrainResult result = await scene.RetrainAsync(cancellationToken: Stop);

        Assert.NotEmpty(frozen);
        Assert.ProperSuperset(frozen, scene.Frozen());
        Assert.Equal(6, result.Training.Images.Validation);
    }

    [Fact]
    public async Task An_image_moved_from_the_test_folder_to_train_stays_in_test()
    {
        scene.Add("images/train/red", 12, color: 0);
        scene.Add("images/train/green", 12, color: 1);
        string moved = scene.Add("images/test/red", 4, color: 0)[0];
        scene.Add("images/test/green", 4, color: 1);
        await scene.RetrainAsync(cancellationToken: Stop);
        File.Move(moved, scene.Folder.At("images", "train", "red", "moved.png"));

        RetrainResult result = await scene.RetrainAsync(cancellationToken: Stop);

        Assert.Equal(8, result.Training.Images.Test);
        Assert.Equal(SplitPart.Test, Assert.Single(scene.Data("0002"), image => image.Path.EndsWith("moved.png", StringComparison.Ordinal)).Part);
    }
}
