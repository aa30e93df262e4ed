using InceptionMl.TestSupport;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Datasets.Internal;
using InceptionMl.Training.Evaluation.Comparison;
using InceptionMl.Training.Retraining;
using InceptionMl.Training.Versions;
using InceptionMl.Training.Versions.Internal;

namespace InceptionMl.Training.Tests.Retraining;

/// <summary>The classes that appear, vanish, are renamed or merged between two trainings.</summary>
public sealed class RetrainedClassesTests : IDisposable
{
    private readonly RetrainScene scene = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => scene.Dispose();

    [Fact]
    public async Task A_class_that_appears_is_learned_and_told()
    {
        scene.AddClasses(2, 16);
        await scene.RetrainAsync(cancellationToken: Stop);
        scene.Add("images/blue", 16, color: 2);

        RetrainResult result = await scene.RetrainAsync(cancellationToken: Stop);

        Assert.Equal(["blue", "green", "red"], result.Training.Classes);
        Assert.Contains("Class 'blue' is new.", result.Changes!.Diagnostics.Select(diagnostic => diagnostic.Message));

        // The champion cannot be right about it, so it is measured apart.
        ModelComparison comparison = result.Comparison!;
        Assert.Equal(["blue"], comparison.NewClasses!.PerClass.Where(of => of.Support > 0).Select(of => of.Label));
        Assert.Equal(result.Training.Test.Images, comparison.Champion.Images + comparison.NewClasses.Images);
        Assert.Equal(0, comparison.Champion.PerClass.Single(of => of.Label == "blue").Support);
        Assert.Contains(result.Diagnostics, one => one.Id == DiagnosticIds.NewClassesMeasured);
    }

    [Fact]
    public async Task A_class_that_vanishes_is_told()
    {
        scene.AddClasses(3, 16);
        await scene.RetrainAsync(cancellationToken: Stop);
        Directory.Delete(scene.Folder.At("images", "blue"), recursive: true);

        RetrainResult result = await scene.RetrainAsync(cancellationToken: Stop);

        Assert.Equal(["green", "red"], result.Training.Classes);
        Assert.Contains("Class 'blue' is gone.", result.Changes!.Diagnostics.Select(diagnostic => diagnostic.Message));
        Assert.Equal(scene.Frozen().Count, result.Changes.TestMissing + result.Comparison!.Champion.Images);
        Assert.Equal(16, result.Changes.Removed);
    }

    [Fact]
    public async Task A_renamed_class_keeps_its_frozen_images_and_its_part_of_the_head()
    {
        scene.AddClasses(2, 16);
        await scene.RetrainAsync(cancellationToken: Stop);
        Directory.Move(scene.Folder.At("images", "red"), scene.Folder.At("images", "scarlet"));

        RetrainResult result = await scene.RetrainAsync(cancellationToken: Stop);

        Assert.Contains("Class 'red' is called 'scarlet' now; its images say so.", result.Changes!.Diagnostics.Select(diagnostic => diagnostic.Message));
        Assert.Empty(result.Changes.TestRelabels);
        Assert.Equal((0, 0), (result.Changes.Relabeled, result.Changes.SetAside.Count));
        Assert.Equal(result.ChampionAccuracy, result.ChallengerAccuracy);
        Assert.Equal(["green", "scarlet"], FrozenTest.Read(scene.Registry.Folder).Images.Select(image => image.Label).Distinct().Order());
    }

    [Fact]
    public async Task Of_a_class_merged_into_another_the_test_images_are_set_aside_until_accepted()
    {
        scene.AddClasses(3, 16);
        await scene.RetrainAsync(cancellationToken: Stop);
        int blue = FrozenTest.Read(scene.Registry.Folder).Images.Count(image => image.Label == "blue");
        MoveAll("blue", "green");

        RetrainResult listed = await scene.RetrainAsync(cancellationToken: Stop);
        RetrainResult again = await scene.RetrainAsync(cancellationToken: Stop);
        RetrainResult accepted = await scene.RetrainAsync(new RetrainOptions { AcceptTestRelabels = true }, Stop);
        RetrainResult after = await scene.RetrainAsync(cancellationToken: Stop);

        Assert.Equal((blue, blue), (listed.Changes!.SetAside.Count, listed.Changes.TestRelabels.Count));
        Assert.Equal((0, 0, blue), (again.Changes!.Added, again.Changes.Removed, again.Changes.SetAside.Count));
        Assert.Equal(scene.Frozen().Count - blue, listed.Comparison!.Champion.Images);
        Assert.Equal((0, true), (accepted.Changes!.SetAside.Count, accepted.Changes.RelabelsAccepted));
        Assert.Equal(scene.Frozen().Count, accepted.Comparison!.Champion.Images);
        Assert.Empty(after.Changes!.TestRelabels);
        Assert.DoesNotContain(FrozenTest.Read(scene.Registry.Folder).Images, image => image.Label == "blue");
    }

    [Fact]
    public async Task A_relabeled_test_image_counts_as_it_was_frozen_until_accepted()
    {
        scene.AddClasses(2, 16);
        await scene.RetrainAsync(cancellationToken: Stop);
        VersionImage image = scene.Data("0001").First(data => data.Part == SplitPart.Test && data.Label == "red");
        string moved = scene.Folder.At("images", "green", "moved.png");
        File.Move(image.Path, moved);

        RetrainResult listed = await scene.RetrainAsync(cancellationToken: Stop);
        RetrainResult accepted = await scene.RetrainAsync(new RetrainOptions { AcceptTestRelabels = true }, Stop);

        DatasetChanges.TestRelabel relabel = Assert.Single(listed.Changes!.TestRelabels);
        Assert.Equal(("red", "green"), (relabel.Frozen, relabel.Now));
        Assert.Equal(("red", SplitPart.Test), Of("0002"));
        Assert.Single(accepted.Changes!.TestRelabels);
        Assert.Equal(("green", SplitPart.Test), Of("0003"));

        (string, SplitPart) Of(string version)
        {
            VersionImage found = Assert.Single(scene.Data(version), data => data.Hash == image.Hash);
            return (found.Label, found.Part);
        }
    }

    [Fact]
    public async Task Of_copies_under_two_labels_the_first_path_says_which_is_accepted_for_good()
    {
        scene.AddClasses(2, 16);
        await scene.RetrainAsync(cancellationToken: Stop);
        VersionImage image = scene.Data("0001").First(data => data.Part == SplitPart.Test && data.Label == "red");
        File.Copy(image.Path, scene.Folder.At("images", "green", "copy.png"));

        RetrainResult accepted = await scene.RetrainAsync(new RetrainOptions { AcceptTestRelabels = true }, Stop);
        RetrainResult after = await scene.RetrainAsync(cancellationToken: Stop);

        Assert.Contains(accepted.Training.Diagnostics, warning => warning.Message.Contains("that stand under more than one label (1)", StringComparison.Ordinal)
            && warning.Message.Contains("copy.png", StringComparison.Ordinal));
        Assert.Empty(after.Changes!.TestRelabels);
        Assert.All(scene.Data("0003").Where(data => data.Hash == image.Hash), data => Assert.Equal(("green", SplitPart.Test), (data.Label, data.Part)));
    }

    [Fact]
    public async Task A_class_of_nothing_but_frozen_images_of_others_is_refused_in_a_sentence()
    {
        scene.AddClasses(2, 16);
        await scene.RetrainAsync(cancellationToken: Stop);
        Directory.CreateDirectory(scene.Folder.At("images", "odd"));
        foreach (VersionImage image in scene.Data("0001").Where(data => data.Part == SplitPart.Test && data.Label == "red").Take(2))
        {
            File.Move(image.Path, scene.Folder.At("images", "odd", Path.GetFileName(image.Path)));
        }

        DatasetException refused = await Assert.ThrowsAsync<DatasetException>(() => scene.RetrainAsync(cancellationToken: Stop));

        Assert.Contains("All images of class 'odd' are frozen test images", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_class_whose_files_cannot_be_read_is_named_with_the_first_of_them()
    {
        using RetrainScene scene = new();
        scene.AddClasses(2, 8);
        for (int i = 0; i < 5; i++)
        {
            scene.Folder.Write($"images/blue/{i}.png", RetrainScene.Picture(2, i)[..60]);
        }

        DatasetException refused = await Assert.ThrowsAsync<DatasetException>(() => scene.RetrainAsync(cancellationToken: Stop));

        Assert.Contains("too few readable images of a class: 'blue' (0 of 5)", refused.Message, StringComparison.Ordinal);
        Assert.Contains("blue/0.png' is a PNG file that ends", refused.Message, StringComparison.Ordinal);
        Assert.EndsWith("; and 2 more.", refused.Message, StringComparison.Ordinal);
    }

    private void MoveAll(string from, string to)
    {
        foreach (string file in Directory.GetFiles(scene.Folder.At("images", from)))
        {
            File.Move(file, scene.Folder.At("images", to, Path.GetFileName(file)));
        }

        Directory.Delete(scene.Folder.At("images", from));
    }
}
