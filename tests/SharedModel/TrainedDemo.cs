using InceptionMl.Training;

[assembly: AssemblyFixture(typeof(InceptionMl.TestSupport.TrainedDemo))]

namespace InceptionMl.TestSupport;

/// <summary>A model trained once on the demo set, by the first test that asks for it, for all tests of an assembly. They only read it.</summary>
public sealed class TrainedDemo : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Lazy<TrainResult> training;

    public TrainedDemo() => training = new Lazy<TrainResult>(
        () => new ImageTrainer(new TrainingSettings { Data = [Images], Cache = folder.At("cache") }).TrainAsync(folder.At("model.zip")).GetAwaiter().GetResult());

    /// <summary>The demo set.</summary>
    internal static string Images => Workspace.At("datasets", "fasteners");

    /// <summary>The model zip.</summary>
    internal string Model => Result.ModelPath;

    /// <summary>The feature cache that training filled.</summary>
    internal string Cache => Path.Combine(Path.GetDirectoryName(Model)!, "cache");

    /// <summary>What training said.</summary>
    internal TrainResult Result => training.Value;

    /// <summary>The test images, in ordinal order.</summary>
    internal static string[] TestImages =>
        [.. Directory.EnumerateFiles(Path.Combine(Images, "test"), "*.jpg", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();
}
