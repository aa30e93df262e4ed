using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using InceptionMl.Models.Registry;
using InceptionMl.Scoring;
using InceptionMl.TestSupport;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Datasets.Internal;
using InceptionMl.Training.Evaluation.Comparison;
using InceptionMl.Training.Registry;
using InceptionMl.Training.Registry.Internal;
using InceptionMl.Training.Retraining;

namespace InceptionMl.Training.Tests.Retraining;

public sealed class RetrainerTests : IDisposable
{
    private readonly RetrainScene scene = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => scene.Dispose();

    [Fact]
    public async Task The_report_of_many_classes_shows_the_worst_and_counts_the_others()
    {
        using RetrainScene scene = new();
        for (int label = 0; label < 34; label++)
        {
            scene.Add(FormattableString.Invariant($"images/class-{label:D2}"), 4, label % 4);
        }

        for (int i = 0; i < 25; i++)
        {
            scene.Folder.Write($"images/class-00/broken {i}.png", RetrainScene.Picture(2, i)[..60]);
        }

        RetrainResult result = await scene.RetrainAsync(cancellationToken: Stop);

        string page = await File.ReadAllTextAsync(Path.Combine(scene.Registry.Show(result.Version).Folder, "report.html"), Stop);
        Assert.Contains("These are the 20 worst of 34 classes; the other 14 are not shown.", page, StringComparison.Ordinal);
        Assert.Equal(20, page.Split("<td>class-").Length - 1);
        Assert.Contains("and 5 more of this kind, 25 in all.", page, StringComparison.Ordinal);
        Assert.Equal(20, page.Split("broken ").Length - 1);
        Assert.NotEmpty(result.Training.NeverGiven);
        Assert.Contains($"validation and test images: {result.Training.NeverGiven.Count} of 34 classes, &#39;", page, StringComparison.Ordinal);
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

    [Fact]
    public async Task The_first_version_is_promoted_and_scores()
    {
        scene.AddClasses(3, 20);

        RetrainResult result = await scene.RetrainAsync(cancellationToken: Stop);

        Assert.Equal((true, "0001"), (result.Promoted, result.Version));
        RuleResult first = Assert.Single(result.Decision.Results);
        Assert.Equal(("first-version", true, "it is the first version"), (first.RuleId, first.Holds, first.Message));
        Assert.Null(result.Champion);
        Assert.Null(result.Changes);
        Assert.Equal("0001", scene.Registry.CurrentName);
        using ImageScorer scorer = ImageScorer.Open(scene.Registry.Current!.ModelPath);
        Assert.Equal("green", scorer.Score(RetrainScene.Picture(color: 1, seed: 1000), Stop).Label);
        Assert.Equal(
            ["card.json", "data.csv", "model.zip", "pipeline.json", "report.html"],
            Directory.GetFiles(scene.Registry.Current!.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Only_images_whose_content_is_new_are_featurized()
    {
        scene.AddClasses(2, 20);
        await scene.RetrainAsync(cancellationToken: Stop);
        File.Move(Directory.GetFiles(scene.Folder.At("images", "red"))[0], scene.Folder.At("images", "red", "moved.png"));
        scene.Add("images/red", 3, color: 0);

        RetrainResult result = await scene.RetrainAsync(cancellationToken: Stop);

        Assert.Equal((40, 3), (result.Training.CacheHits, result.Training.CacheMisses));
        Assert.Equal((3, 0, 0), (result.Changes!.Added, result.Changes.Removed, result.Changes.Relabeled));
        Assert.Equal("0001", result.Champion!.Version);
        Assert.Equal(("0002", true), (scene.Registry.CurrentName, result.Promoted));
    }

    [Fact]
    public async Task A_challenger_that_is_significantly_worse_is_kept_out_and_the_reason_given()
    {
        await SpoiledAsync();

        RetrainResult result = await scene.RetrainAsync(cancellationToken: Stop);

        Assert.False(result.Promoted);
        RuleResult overall = result.Decision.Deciding[0];
        Assert.Equal(("overall", false, 0.05), (overall.RuleId, overall.Holds, overall.Limit));
        Assert.True(overall.Value < 0.05);
        Assert.Contains("a significant loss overall", overall.Message, StringComparison.Ordinal);
        Assert.True(result.Challenger.Accuracy < result.Champion!.Accuracy);
        Assert.Equal("0001", scene.Registry.CurrentName);
        Assert.Equal(["0001", "0002"], scene.Registry.Versions.Select(version => version.Version));
        Assert.NotEmpty(result.Comparison!.Differences);
    }

    [Fact]
    public async Task Both_models_are_measured_on_the_frozen_images_whatever_became_of_the_others()
    {
        scene.AddClasses(2, 24);
        await scene.RetrainAsync(cancellationToken: Stop);
        HashSet<ContentHash> frozen = Frozen();
        scene.Add("images/red", 20, color: 0);

        RetrainResult result = await scene.RetrainAsync(cancellationToken: Stop);

        Assert.Superset(frozen, Frozen());
        Assert.Equal(Frozen().Count, result.Comparison!.Champion.Images);
        Assert.Equal(result.Comparison.Champion.Images, result.Comparison.Challenger.Images);
        Assert.Equal(Frozen(), scene.Data("0002").Where(image => image.Part == SplitPart.Test).Select(image => image.Hash).ToHashSet());
    }

    [Fact]
    public async Task By_an_image_that_the_champion_was_trained_on_neither_model_is_judged()
    {
        scene.WritePipeline(split: """ "validation": 0.15, "test": 0.1 """);
        scene.AddClasses(2, 24);
        await scene.RetrainAsync(cancellationToken: Stop);
        HashSet<ContentHash> clean = Frozen();
        scene.WritePipeline();

        RetrainResult result = await scene.RetrainAsync(cancellationToken: Stop);

        int known = Frozen().Count - clean.Count;
        Assert.True(known > 0);
        Assert.Equal((clean.Count, known), (result.Comparison!.Champion.Images, result.Comparison.LeftOut));
        Assert.Equal(clean.Count, result.Comparison.Challenger.Images);
        string said = FormattableString.Invariant($"Test images left out of the comparison, because the champion was trained on them: {known}.");
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
        Assert.StartsWith("the champion was trained on all ", Assert.Single(result.Decision.Deciding).Message, StringComparison.Ordinal);
        Assert.Equal("0001", scene.Registry.CurrentName);
    }

    [Fact]
    public async Task Without_a_test_image_nothing_replaces_the_champion()
    {
        scene.WritePipeline(split: """ "validation": 0.2, "test": 0 """);
        scene.AddClasses(2, 10);

        RetrainResult first = await scene.RetrainAsync(cancellationToken: Stop);
        RetrainResult second = await scene.RetrainAsync(cancellationToken: Stop);

        Assert.Contains(first.Training.Diagnostics, warning => warning.Message.StartsWith("There is no test image", StringComparison.Ordinal));
        Assert.Equal((true, false), (first.Promoted, second.Promoted));
        Assert.Equal("there is no test image to compare the models on", Assert.Single(second.Decision.Deciding).Message);
        Assert.Null(second.Challenger.Accuracy);
        Assert.Equal("0001", scene.Registry.CurrentName);

        scene.WritePipeline(
            split: """ "validation": 0.2, "test": 0 """,
            more: """, "acceptance": { "significance": null, "maxRecallLoss": null, "maxEceIncrease": null } """);
        RetrainResult unruled = await scene.RetrainAsync(cancellationToken: Stop);
        Assert.Equal((true, "all acceptance rules are switched off"), (unruled.Promoted, Assert.Single(unruled.Decision.Deciding).Message));
    }

    [Theory]
    [InlineData(""", "preprocessing": { "resize": "pad" } """)]
    [InlineData(""", "backbone": { "model": "inception-compact" } """)]
    public async Task A_champion_that_sees_otherwise_is_asked_through_its_own_eyes(string change)
    {
        scene.AddClasses(2, 12);
        RetrainResult first = await scene.RetrainAsync(cancellationToken: Stop);
        string text = await File.ReadAllTextAsync(scene.PipelinePath, Stop);
        text = change.Contains("backbone", StringComparison.Ordinal) ? Regex.Replace(text, "\"backbone\": \\{[^}]*\\},", string.Empty) : text;
        await File.WriteAllTextAsync(scene.PipelinePath, text.Insert(text.LastIndexOf('}'), change), Stop);

        RetrainResult result = await scene.RetrainAsync(cancellationToken: Stop);

        Assert.Equal(first.Training.Test.Accuracy, result.Comparison!.Champion.Accuracy);
        Assert.Equal(first.Training.Test.LogLoss!.Value, result.Comparison.Champion.LogLoss!.Value, 1e-6);
    }

    [Fact]
    public async Task What_a_person_rolled_back_from_is_not_promoted_again_until_something_changes()
    {
        scene.AddClasses(2, 16);
        await scene.RetrainAsync(cancellationToken: Stop);
        scene.Add("images/red", 3, color: 0);
        await scene.RetrainAsync(cancellationToken: Stop);
        using (RegistryWriter writer = await RegistryWriter.OpenAsync(scene.Registry.Folder, cancellationToken: Stop))
        {
            writer.Rollback("the shop complained");
        }

        RetrainResult repeated = await scene.RetrainAsync(cancellationToken: Stop);
        scene.Add("images/green", 3, color: 1);
        RetrainResult changed = await scene.RetrainAsync(cancellationToken: Stop);

        Assert.False(repeated.Promoted);
        Assert.Contains("as 0002, which was rolled back from", Assert.Single(repeated.Decision.Deciding).Message, StringComparison.Ordinal);
        Assert.Equal((true, "0001"), (changed.Promoted, changed.Champion!.Version));
    }

    [Fact]
    public async Task What_was_rolled_back_from_and_promoted_by_name_since_may_be_repeated()
    {
        scene.AddClasses(2, 16);
        await scene.RetrainAsync(cancellationToken: Stop);
        await scene.RetrainAsync(cancellationToken: Stop);
        using (RegistryWriter writer = await RegistryWriter.OpenAsync(scene.Registry.Folder, cancellationToken: Stop))
        {
            writer.Rollback("the shop complained");
            writer.Promote("0002", "the shop was wrong");
        }

        Assert.True((await scene.RetrainAsync(cancellationToken: Stop)).Promoted);
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
    public async Task A_damaged_version_that_is_not_the_champion_is_passed_over_and_named()
    {
        await SpoiledAsync();
        await scene.RetrainAsync(cancellationToken: Stop);
        string folder = scene.Registry.Show("0002").Folder;
        await File.WriteAllTextAsync(Path.Combine(folder, "data.csv"), "nonsense", Stop);

        RetrainResult result = await scene.RetrainAsync(cancellationToken: Stop);

        Assert.Equal(("0003", "0001"), (result.Version, result.Champion!.Version));
        Assert.Contains(result.Training.Diagnostics, warning => warning.Message.EndsWith($"remove the folder {folder}.", StringComparison.Ordinal));
        Assert.True(result.Changes!.Relabeled > 0);
    }

    [Fact]
    public async Task Where_current_is_lost_the_record_of_promotions_names_the_champion()
    {
        await SpoiledAsync();
        File.Delete(scene.Folder.At("registry", "current"));

        RetrainResult result = await scene.RetrainAsync(cancellationToken: Stop);

        Assert.Equal((false, "0001"), (result.Promoted, result.Champion?.Version));
        Assert.Equal("0001", scene.Registry.CurrentName);
        Assert.Contains(result.Training.Diagnostics, warning => warning.Message.Contains("has lost its file 'current'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Beside_versions_none_of_which_was_promoted_the_reason_says_so()
    {
        scene.AddClasses(2, 16);
        await scene.RetrainAsync(cancellationToken: Stop);
        File.Delete(scene.Folder.At("registry", "current"));
        File.Delete(scene.Folder.At("registry", "promotions.jsonl"));

        RetrainResult result = await scene.RetrainAsync(cancellationToken: Stop);

        Assert.Equal((true, "no version was promoted before"), (result.Promoted, Assert.Single(result.Decision.Deciding).Message));
    }

    [Fact]
    public async Task Images_that_come_while_the_registry_is_waited_for_are_trained_on()
    {
        scene.AddClasses(2, 12);
        Task<RetrainResult> waiting;
        using (await RegistryWriter.OpenAsync(scene.Registry.Folder, cancellationToken: Stop))
        {
            waiting = scene.RetrainAsync(new RetrainOptions { Registry = new RegistryWriterOptions { Patience = TimeSpan.MaxValue } }, Stop);
            scene.Add("images/red", 3, color: 0);
        }

        Assert.Equal(27, (await waiting).Training.CacheMisses);
    }

    [Fact]
    public async Task A_class_that_appears_is_learned_and_told()
    {
        scene.AddClasses(2, 16);
        await scene.RetrainAsync(cancellationToken: Stop);
        scene.Add("images/blue", 16, color: 2);

        RetrainResult result = await scene.RetrainAsync(cancellationToken: Stop);

        Assert.Equal(["blue", "green", "red"], result.Training.Classes);
        Assert.Contains("Class 'blue' is new.", result.Changes!.Diagnostics.Select(diagnostic => diagnostic.Message));
        Assert.True(result.Promoted);
        Assert.True(result.Challenger.Accuracy > result.Champion!.Accuracy);
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
        Assert.Equal(Frozen().Count, result.Changes.TestMissing + result.Comparison!.Champion.Images);
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
        Assert.Equal(result.Champion!.Accuracy, result.Challenger.Accuracy);
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
        Assert.Equal(Frozen().Count - blue, listed.Comparison!.Champion.Images);
        Assert.Equal((0, true), (accepted.Changes!.SetAside.Count, accepted.Changes.RelabelsAccepted));
        Assert.Equal(Frozen().Count, accepted.Comparison!.Champion.Images);
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

        TestRelabel relabel = Assert.Single(listed.Changes!.TestRelabels);
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
    public async Task A_class_that_has_a_frozen_image_gives_no_further_one_for_want_of_any()
    {
        scene.WritePipeline(split: """ "validation": 0.0001, "test": 0.0001 """);
        scene.AddClasses(2, 6);
        await scene.RetrainAsync(cancellationToken: Stop);
        HashSet<ContentHash> frozen = Frozen();
        for (int round = 0; round < 3; round++)
        {
            scene.AddClasses(2, 12);
            await scene.RetrainAsync(cancellationToken: Stop);
        }

        Assert.Equal(2, frozen.Count);
        Assert.Equal(frozen, Frozen());
    }

    [Fact]
    public async Task A_smaller_test_fraction_frees_no_frozen_image()
    {
        scene.AddClasses(2, 16);
        await scene.RetrainAsync(cancellationToken: Stop);
        HashSet<ContentHash> frozen = Frozen();
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
        HashSet<ContentHash> frozen = Frozen();
        scene.Add("images/train/red", 16, color: 0);
        RetrainResult result = await scene.RetrainAsync(cancellationToken: Stop);

        Assert.NotEmpty(frozen);
        Assert.ProperSuperset(frozen, Frozen());
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

    [Fact]
    public async Task Several_sources_each_go_to_their_part()
    {
        scene.WritePipeline("""{ "path": "../images" }, { "path": "../shop", "part": "train" }, { "path": "../held", "part": "test" }""");
        scene.AddClasses(2, 10);
        scene.Add("shop/red", 5, color: 0);
        scene.Add("shop/green", 5, color: 1);
        scene.Add("held/red", 4, color: 0);
        scene.Add("held/green", 4, color: 1);

        await scene.RetrainAsync(cancellationToken: Stop);

        IReadOnlyList<VersionImage> data = scene.Data("0001");
        Assert.Equal(38, data.Count);
        Assert.All(data.Where(image => image.Path.Contains("held", StringComparison.Ordinal)), image => Assert.Equal(SplitPart.Test, image.Part));
        Assert.All(data.Where(image => image.Path.Contains("shop", StringComparison.Ordinal)), image => Assert.Equal(SplitPart.Train, image.Part));
    }

    [Fact]
    public async Task A_manifest_may_say_what_stays_together_in_a_fold()
    {
        scene.WritePipeline("""{ "path": "../list.csv" }""", split: """ "test": 0.2, "folds": 3, "groupBy": { "column": "object" } """);
        scene.AddClasses(2, 15);
        StringBuilder list = new("path,label,object\n");
        foreach (string file in Directory.EnumerateFiles(scene.Images, "*.png", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            string label = Path.GetFileName(Path.GetDirectoryName(file)!);
            list.Append($"images/{label}/{Path.GetFileName(file)},{label},{label}{Path.GetFileName(file)[2]}\n");
        }

        scene.Folder.Write("list.csv", Encoding.UTF8.GetBytes(list.ToString()));

        RetrainResult result = await scene.RetrainAsync(cancellationToken: Stop);
        RetrainResult again = await scene.RetrainAsync(cancellationToken: Stop);

        Assert.Equal(30, scene.Data("0001").Count);
        Assert.All(result.Training.Candidates, candidate => Assert.True(candidate.L2 > 0));
        Assert.Equal(result.Training.Validation.Images, result.Training.Images.Train + result.Training.Images.Validation);
        Assert.Equal(30, again.Training.CacheHits);
        Assert.Contains(result.Training.Diagnostics, warning => warning.Message.StartsWith("Groups with images both in test and outside it (", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_pipeline_in_a_version_repeats_it_from_its_place()
    {
        scene.AddClasses(2, 12);
        RetrainResult first = await scene.RetrainAsync(cancellationToken: Stop);
        string kept = Path.Combine(scene.Registry.Current!.Folder, "pipeline.json");

        TrainingSettings pipeline = PipelineFile.Read(kept);
        RetrainResult again = await new Retrainer(pipeline).RetrainAsync(cancellationToken: Stop);

        Assert.Equal(scene.Images, Assert.Single(pipeline.Data).Path.Full);
        Assert.Equal((scene.Folder.At("registry"), scene.Folder.At("cache")), (pipeline.Registry!.Full, pipeline.Cache!.Full));
        Assert.Equal((0, "0002"), (again.Training.CacheMisses, again.Version));
        Assert.Equal(first.Challenger.Accuracy, again.Challenger.Accuracy);
    }

    [Fact]
    public async Task The_report_shows_where_the_models_differ_and_no_name_becomes_markup()
    {
        const string Hostile = "<script>alert('&\"1')<_script>";
        Assert.SkipWhen(OperatingSystem.IsWindows(), "no such name there");
        await SpoiledAsync(Hostile);

        RetrainResult result = await scene.RetrainAsync(cancellationToken: Stop);

        string page = await File.ReadAllTextAsync(Path.Combine(scene.Registry.Show("0002").Folder, "report.html"), Stop);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;alert(", page, StringComparison.Ordinal);
        Assert.Contains("a significant loss overall", page, StringComparison.Ordinal);
        Assert.Equal(result.Comparison!.Differences.Count, Regex.Count(page, "src=\"data:image/jpeg;base64,"));
        Assert.Empty(Regex.Matches(page, "(src|href|action|url)\\s*[=(]\\s*(?>[\"']?)(?!data:)", RegexOptions.IgnoreCase));
        Assert.DoesNotContain("http:", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https:", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_champion_is_told_in_a_sentence_before_any_work()
    {
        scene.AddClasses(2, 12);
        await scene.RetrainAsync(cancellationToken: Stop);
        string model = scene.Registry.Current!.ModelPath;
        byte[] bytes = await File.ReadAllBytesAsync(model, Stop);
        await File.WriteAllBytesAsync(model, bytes.AsMemory(0, bytes.Length / 2), Stop);

        RegistryException damaged = await Assert.ThrowsAsync<RegistryException>(() => scene.RetrainAsync(cancellationToken: Stop));

        Assert.Contains("No other version is whole, so remove ", damaged.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', damaged.Message);
        Assert.Equal("0001", Assert.Single(scene.Registry.Versions).Version);

        // What the sentence says helps.
        File.Delete(scene.Folder.At("registry", "current"));
        Directory.Delete(scene.Registry.Versions[0].Folder, recursive: true);
        Assert.Equal(("0002", true), ((await scene.RetrainAsync(cancellationToken: Stop)).Version, scene.Registry.CurrentName == "0002"));
    }

    [Fact]
    public async Task A_damaged_champion_beside_a_whole_version_names_that_one()
    {
        scene.AddClasses(2, 12);
        await scene.RetrainAsync(cancellationToken: Stop);
        await scene.RetrainAsync(cancellationToken: Stop);
        await File.WriteAllTextAsync(scene.Registry.Current!.ModelPath, "nonsense", Stop);

        RegistryException damaged = await Assert.ThrowsAsync<RegistryException>(() => scene.RetrainAsync(cancellationToken: Stop));

        Assert.EndsWith("Promote another version, such as 0001.", damaged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_champion_whose_card_is_not_its_networks_is_told_in_a_sentence_before_any_work()
    {
        scene.AddClasses(2, 12);
        await scene.RetrainAsync(cancellationToken: Stop);
        string model = scene.Registry.Current!.ModelPath;
        using (ZipArchive zip = await ZipFile.OpenAsync(model, ZipArchiveMode.Update, Stop))
        {
            ZipArchiveEntry entry = zip.Entries.Single(of => of.FullName.EndsWith("card.json", StringComparison.Ordinal));
            string name = entry.FullName;
            string card;
            using (StreamReader reader = new(await entry.OpenAsync(Stop)))
            {
                card = await reader.ReadToEndAsync(Stop);
            }

            entry.Delete();
            await using StreamWriter writer = new(await zip.CreateEntry(name).OpenAsync(Stop));
            await writer.WriteAsync(Regex.Replace(card, "(\"preprocessing\": *\\{[^}]*\"width\": *)[0-9]+", "${1}9"));
        }

        RegistryException told = await Assert.ThrowsAsync<RegistryException>(() => scene.RetrainAsync(cancellationToken: Stop));

        Assert.Contains("holds a model card whose preprocessing is not the network's", told.Message, StringComparison.Ordinal);
        Assert.Single(scene.Registry.Versions);
    }

    [Fact]
    public async Task A_registry_inside_the_images_given_for_the_files_is_refused_before_any_work()
    {
        scene.AddClasses(2, 12);
        TrainingSettings pipeline = PipelineFile.Read(scene.PipelinePath, scene.Folder.Path);

        PipelineException told = await Assert.ThrowsAsync<PipelineException>(() => new Retrainer(pipeline).RetrainAsync(cancellationToken: Stop));

        Assert.Contains("is inside the images", told.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(scene.Registry.Folder));
    }

    [Fact]
    public async Task An_image_whose_name_no_line_can_hold_is_left_out_and_listed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "no such name there");
        scene.AddClasses(2, 12);
        File.Move(Directory.GetFiles(scene.Folder.At("images", "red"))[0], scene.Folder.At("images", "red", "two\nlines.png"));

        RetrainResult result = await scene.RetrainAsync(cancellationToken: Stop);

        Assert.Equal((23, 1), (scene.Data("0001").Count, result.Training.Images.Unreadable));
        Assert.EndsWith("red/two lines.png", Assert.Single(result.Training.Problems).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_retraining_waits_its_turn_or_is_told_who_is_at_it()
    {
        scene.AddClasses(2, 12);
        Task<RetrainResult> waiting;
        using (await RegistryWriter.OpenAsync(scene.Registry.Folder, new RegistryWriterOptions { Holder = "the first" }, Stop))
        {
            RegistryException told = await Assert.ThrowsAsync<RegistryException>(() => scene.RetrainAsync(Patient(TimeSpan.Zero), Stop));
            Assert.Contains("is being changed by the first", told.Message, StringComparison.Ordinal);
            waiting = scene.RetrainAsync(Patient(TimeSpan.MaxValue), Stop);
        }

        Assert.Equal("0001", (await waiting).Version);

        static RetrainOptions Patient(TimeSpan patience) => new() { Registry = new RegistryWriterOptions { Patience = patience } };
    }

    [Fact]
    public async Task Nothing_is_left_of_a_retraining_that_is_canceled()
    {
        scene.AddClasses(2, 12);
        using CancellationTokenSource stop = new();
        Retrainer retrainer = new(PipelineFile.Read(scene.PipelinePath));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => retrainer.RetrainAsync(new CancelAt(5, stop), cancellationToken: stop.Token));
        RetrainResult next = await retrainer.RetrainAsync(cancellationToken: Stop);

        Assert.Equal("0001", next.Version);
        Assert.True(next.Promoted);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(scene.Registry.Folder, ".staging")));
    }

    private HashSet<ContentHash> Frozen() => [.. FrozenTest.Read(scene.Registry.Folder).Images.Select(image => image.Hash)];

    private void MoveAll(string from, string to)
    {
        foreach (string file in Directory.GetFiles(scene.Folder.At("images", from)))
        {
            File.Move(file, scene.Folder.At("images", to, Path.GetFileName(file)));
        }

        Directory.Delete(scene.Folder.At("images", from));
    }

    /// <summary>A good champion, then training images whose labels are exchanged while the frozen test images keep theirs.</summary>
    private async Task SpoiledAsync(string red = "red")
    {
        scene.Add($"images/{red}", 40, color: 0);
        scene.Add("images/green", 40, color: 1);
        await scene.RetrainAsync(cancellationToken: Stop);
        foreach (VersionImage image in scene.Data("0001").Where(data => data.Part != SplitPart.Test))
        {
            string other = image.Label == red ? "green" : red;
            File.Move(image.Path, scene.Folder.At("images", other, $"{red}{Path.GetFileName(image.Path)}"));
        }
    }
}
