using InceptionMl.Training;

namespace InceptionMl.TestSupport;

/// <summary>A model trained once on the demo set, for the tests of a class or a collection.</summary>
public sealed class TrainedDemo : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();

    /// <summary>The demo set.</summary>
    internal static string Images => Workspace.At("datasets", "fasteners");

    /// <summary>The model zip.</summary>
    internal string Model => folder.At("model.zip");

    /// <summary>The feature cache that training filled.</summary>
    internal string Cache => folder.At("cache");

    /// <summary>What training said.</summary>
    internal TrainResult Result { get; private set; } = null!;

    /// <summary>The test images, in ordinal order.</summary>
    internal static string[] TestImages =>
        [.. Directory.EnumerateFiles(Path.Combine(Images, "test"), "*.jpg", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        ImageTrainer trainer = new(new TrainingSettings { Data = [Images], Cache = Cache });
        Result = await trainer.TrainAsync(Model);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
