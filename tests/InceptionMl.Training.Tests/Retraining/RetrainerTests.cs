using System.Text;
using System.Text.RegularExpressions;
using InceptionMl.Models.Registry;
using InceptionMl.Scoring;
using InceptionMl.TestSupport;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Datasets.Internal;
using InceptionMl.Training.Evaluation.Comparison;
using InceptionMl.Training.Retraining;
using InceptionMl.Training.Versions;
using InceptionMl.Training.Versions.Internal;

namespace InceptionMl.Training.Tests.Retraining;

public sealed class RetrainerTests : IDisposable
{
    private readonly RetrainScene scene = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => scene.Dispose();

    [Fact]
    public async Task The_first_version_is_promoted_and_scores()
    {
        scene.AddClasses(3, 20);

        RetrainResult result = await scene.RetrainAsync(cancellationToken: Stop);

        Assert.Equal((true, "0001"), (result.Promoted, result.Version));
        RuleResult first = Assert.Single(result.Rules);
        Assert.Equal(("first-version", true, "it is the first version"), (first.RuleId, first.Holds, first.Message));
        Assert.Null(result.ChampionVersion);
        Assert.Null(result.Changes);
        Assert.Equal("0001", scene.Registry.CurrentName);
        using ImageScorer scorer = ImageScorer.Open(scene.Registry.Current!.ModelPath);
        Assert.Equal("green", scorer.Score(RetrainScene.Picture(color: 1, seed: 1000), Stop).Label);
        Assert.Equal(
            ["card.json", "data.csv", "fingerprints.bin", "model.zip", "pipeline.json", "report.html"],
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
        Assert.Equal("0001", result.ChampionVersion);
        Assert.Equal(("0002", true), (scene.Registry.CurrentName, result.Promoted));
    }

    [Fact]
    public async Task A_challenger_that_is_significantly_worse_is_kept_out_and_the_reason_given()
    {
        await scene.SpoilAsync(cancellationToken: Stop);

        RetrainResult result = await scene.RetrainAsync(cancellationToken: Stop);

        Assert.False(result.Promoted);
        RuleResult overall = Assert.Single(result.Reasons, rule => rule.RuleId == "overall");
        Assert.Equal(("overall", false, 0.05), (overall.RuleId, overall.Holds, overall.Limit));
        Assert.True(overall.Value < 0.05);
        Assert.Contains("a significant loss overall", overall.Message, StringComparison.Ordinal);
        Assert.True(result.ChallengerAccuracy < result.ChampionAccuracy);
        Assert.Equal("0001", scene.Registry.CurrentName);
        Assert.Equal(["0001", "0002"], scene.Registry.Versions.Select(version => version.Version));
        Assert.NotEmpty(result.Comparison!.Differences);
    }

    [Fact]
    public async Task Where_nothing_changed_no_version_is_made_unless_one_is_asked_for()
    {
        scene.AddClasses(2, 12);
        RetrainResult first = await scene.RetrainAsync(cancellationToken: Stop);

        RetrainResult same = await scene.RetrainAsync(new RetrainOptions(), Stop);
        RetrainResult forced = await scene.RetrainAsync(new RetrainOptions { Force = true }, Stop);
        RetrainResult sameAgain = await scene.RetrainAsync(new RetrainOptions(), Stop);
        scene.Add("images/red", 1, color: 0);
        RetrainResult changed = await scene.RetrainAsync(new RetrainOptions(), Stop);

        Assert.Equal((true, false, "0001", "0001"), (same.IsUnchanged, same.Promoted, same.Version, same.ChampionVersion));
        Assert.Equal("unchanged", Assert.Single(same.Rules).RuleId);
        Assert.Equal(first.Training.Test.Accuracy, same.Training.Test.Accuracy);
        Assert.Equal((false, "0002"), (forced.IsUnchanged, forced.Version));
        Assert.Equal((true, "0002"), (sameAgain.IsUnchanged, sameAgain.Version));
        Assert.Equal((false, "0003"), (changed.IsUnchanged, changed.Version));
        Assert.Equal(["0001", "0002", "0003"], scene.Registry.Versions.Select(version => version.Version));
        Assert.Equal((null, "0001"), (scene.Registry.Show("0001").Comparison, scene.Registry.Show("0002").Comparison!.With));
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
        Assert.Equal("there is no test image to compare the models on", Assert.Single(second.Reasons).Message);
        Assert.Null(second.ChallengerAccuracy);
        Assert.Equal("0001", scene.Registry.CurrentName);

        scene.WritePipeline(
            split: """ "validation": 0.2, "test": 0 """,
            more: """, "acceptance": { "margin": null, "level": null } """);
        RetrainResult unruled = await scene.RetrainAsync(cancellationToken: Stop);
        Assert.Equal((true, "all acceptance rules are switched off"), (unruled.Promoted, Assert.Single(unruled.Reasons).Message));
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
        Assert.Contains("as 0002, which was rolled back from", Assert.Single(repeated.Reasons).Message, StringComparison.Ordinal);
        Assert.Equal((true, "0001"), (changed.Promoted, changed.ChampionVersion));
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
    public async Task Images_that_come_while_the_registry_is_waited_for_are_trained_on()
    {
        scene.AddClasses(2, 12);
        Task<RetrainResult> waiting;
        using (await RegistryWriter.OpenAsync(scene.Registry.Folder, cancellationToken: Stop))
        {
            waiting = scene.RetrainAsync(new RetrainOptions { Registry = new RegistryWriter.Options { Patience = TimeSpan.MaxValue } }, Stop);
            scene.Add("images/red", 3, color: 0);
        }

        Assert.Equal(27, (await waiting).Training.CacheMisses);
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
    public async Task A_manifest_may_say_what_stays_together_in_a_part_and_a_fold()
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
        Assert.All(
            scene.Data("0001").GroupBy(image => image.Label + Path.GetFileName(image.Path)[2]),
            group => Assert.Single(group.Select(image => image.Part).Distinct()));
        Assert.DoesNotContain(result.Training.Diagnostics, diagnostic => diagnostic.Id == DiagnosticIds.GroupsInTwoParts);
    }

    [Fact]
    public async Task The_pipeline_in_a_version_repeats_it_from_its_place()
    {
        scene.AddClasses(2, 12);
        RetrainResult first = await scene.RetrainAsync(cancellationToken: Stop);
        string kept = Path.Combine(scene.Registry.Current!.Folder, "pipeline.json");

        TrainingSettings pipeline = PipelineFile.Read(kept);
        RetrainResult again = await new Retrainer(pipeline, new RetrainOptions { Force = true }).RetrainAsync(cancellationToken: Stop);

        Assert.Equal(scene.Images, Assert.Single(pipeline.Data).Path.Full);
        Assert.Equal((scene.Folder.At("registry"), scene.Folder.At("cache")), (pipeline.Registry!.Full, pipeline.Cache!.Full));
        Assert.Equal((0, "0002"), (again.Training.CacheMisses, again.Version));
        Assert.Equal(first.ChallengerAccuracy, again.ChallengerAccuracy);
    }

    [Fact]
    public async Task A_second_retraining_waits_its_turn_or_is_told_who_is_at_it()
    {
        scene.AddClasses(2, 12);
        Task<RetrainResult> waiting;
        using (await RegistryWriter.OpenAsync(scene.Registry.Folder, new RegistryWriter.Options { Holder = "the first" }, Stop))
        {
            RegistryException told = await Assert.ThrowsAsync<RegistryException>(() => scene.RetrainAsync(Patient(TimeSpan.Zero), Stop));
            Assert.Contains("is being changed by the first", told.Message, StringComparison.Ordinal);
            waiting = scene.RetrainAsync(Patient(TimeSpan.MaxValue), Stop);
        }

        Assert.Equal("0001", (await waiting).Version);

        static RetrainOptions Patient(TimeSpan patience) => new() { Registry = new RegistryWriter.Options { Patience = patience } };
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
}
