using InceptionMl.Scoring;
using InceptionMl.Training.Retraining;
using InceptionMl.Training.Versions;
using Microsoft.Data.Sqlite;

namespace InceptionMl.Training.Tests.Retraining;

/// <summary>
/// A registry of two versions, their images, backbone and feature cache, as commit 3d47b71 left them behind: two runs of
/// <c>retrain pipelines/colors.json</c>, the second with one more image, and <c>score registry IMAGES --json</c> into scores.jsonl.
/// </summary>
public sealed class EarlierRegistryTests() : EarlierArtifacts("3d47b71")
{
    [Fact]
    public void A_model_made_before_opens_and_scores_as_it_did() => AssertScoresAsBefore(Registry.Current!.ModelPath, "scores.jsonl");

    [Fact]
    public async Task A_registry_made_before_is_retrained_and_rolled_back_and_no_stale_feature_is_used()
    {
        Assert.Equal("0002", Registry.CurrentName);
        byte[] file = File.ReadAllBytes(At("images", "red", "001.png"));
        await File.WriteAllBytesAsync(At("images", "red", "new.png"), [.. file, 0], Stop);

        RetrainResult result = await new Retrainer(PipelineFile.Read(At("pipelines", "colors.json"))).RetrainAsync(cancellationToken: Stop);

        Assert.Equal("0003", result.Version);
        Assert.Equal("0002", result.ChampionVersion);
        Assert.Equal(0, result.Training.CacheHits);
        Assert.Equal(2, Spaces());
        using RegistryWriter writer = await RegistryWriter.OpenAsync(Registry.Folder, cancellationToken: Stop);
        string before = Registry.CurrentName!;
        writer.Promote(before == "0003" ? "0002" : "0001", "a test");
        Assert.Equal(before, writer.Rollback("a test").Version);
        using ImageScorer scorer = ImageScorer.Open(Registry.Show("0001").ModelPath);
        Assert.Equal("red", scorer.Score(At("images", "red", "003.png"), Stop).Label);
    }

    // What was cached before stays in the file, in a space that is not asked any more.
    private long Spaces()
    {
        using SqliteConnection cache = new($"Data Source={At("cache", "features.sqlite")};Pooling=False");
        cache.Open();
        using SqliteCommand count = cache.CreateCommand();
        count.CommandText = "SELECT count(*) FROM space WHERE key LIKE 'network %'";
        return (long)count.ExecuteScalar()!;
    }
}
