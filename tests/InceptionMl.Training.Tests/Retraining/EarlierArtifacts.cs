using System.IO.Compression;
using System.Text.Json;
using InceptionMl.Models.Registry;
using InceptionMl.Scoring;
using InceptionMl.TestSupport;

namespace InceptionMl.Training.Tests.Retraining;

/// <summary>What an earlier version left in a folder, unpacked for one test.</summary>
public abstract class EarlierArtifacts : IDisposable
{
    private readonly TemporaryFolder folder = new();

    protected EarlierArtifacts(string commit) =>
        ZipFile.ExtractToDirectory(Path.Combine(AppContext.BaseDirectory, "Retraining", "Assets", $"made-by-{commit}.zip"), At());

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected ModelRegistry Registry => new(At("registry"));

    public void Dispose()
    {
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected string At(params string[] parts) => folder.At(["colors", .. parts]);

    /// <summary>Compares what a model says of images with the lines that <c>score --json</c> wrote then.</summary>
    protected void AssertScoresAsBefore(string model, string scores)
    {
        using ImageScorer scorer = ImageScorer.Open(model);
        foreach (string line in File.ReadLines(At(scores)))
        {
            JsonElement before = JsonElement.Parse(line);
            ScoredImage now = scorer.Score(At(before.GetProperty("path").GetString()!), Stop);
            Assert.Equal(before.GetProperty("label").GetString(), now.Label);
            Assert.Equal(before.GetProperty("probability").GetSingle(), now.Probability, 1e-6f);
            Assert.Equal(before.GetProperty("scores").EnumerateObject().Select(score => score.Name), now.Scores.Keys);
            Assert.All(before.GetProperty("scores").EnumerateObject(), score => Assert.Equal(score.Value.GetSingle(), now.Scores[score.Name], 1e-6f));
        }
    }
}
