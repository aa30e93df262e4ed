using InceptionMl.Scoring;
using InceptionMl.TestSupport;

namespace InceptionMl.Batch.Tests;

/// <summary>The list of what a batch can be read from, which an application extends.</summary>
public sealed class BatchSourceTests
{
    [Fact]
    public async Task An_application_adds_a_source_of_its_own()
    {
        using TemporaryFolder folder = new();
        string list = folder.Write("pictures.list", "a\nb\n"u8.ToArray());
        BatchOptions options = new();
        options.Sources.Insert(0, new ListFiles());

        List<BatchInput> inputs = await Batches.ReadAsync(options, null, list, folder.At("*.list"));

        Assert.Equal(["a", "b", "a", "b"], inputs.Select(input => input.Path));
    }

    [Fact]
    public async Task A_source_refuses_an_argument_before_anything_is_scored()
    {
        using TemporaryFolder folder = new();
        string list = folder.Write("pictures.list", []);
        BatchOptions options = new();
        options.Sources.Insert(0, new ListFiles());

        await Assert.ThrowsAsync<DatasetException>(() => BatchInputs.CheckTablesAsync([list], options, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Options_out_of_range_are_refused()
    {
        BatchOptions options = new() { LongestLine = 0, MaxGroupRows = -1 };

        ArgumentException refusal = await Assert.ThrowsAsync<ArgumentException>(() => Batches.ReadAsync(options, null, "a.csv"));

        Assert.Contains(nameof(BatchOptions.LongestLine), refusal.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(BatchOptions.MaxGroupRows), refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>A text file with the name of an image on each line.</summary>
    private sealed class ListFiles : IBatchSource
    {
        public bool HasName(string path) => path.EndsWith(".list", StringComparison.Ordinal);

        public bool CanRead(string argument) => HasName(argument) && File.Exists(argument);

        public Task CheckAsync(string argument, BatchOptions options, CancellationToken cancellationToken) =>
            new FileInfo(argument).Length > 0 ? Task.CompletedTask : throw new DatasetException($"{argument} is empty.");

        public IAsyncEnumerable<BatchInput> ReadAsync(string argument, BatchOptions options, InputTally tally, CancellationToken cancellationToken) =>
            File.ReadLinesAsync(argument, cancellationToken).Select(name => new BatchInput(ImageSource.FromBytes(Batches.Image, name)));
    }
}
