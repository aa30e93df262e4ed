using Parquet;
using Parquet.Schema;

namespace InceptionMl.Training.Features;

/// <summary>Features as Parquet: path, sha256 and label as text, features as a list of float; a row group about every mebibyte.</summary>
internal sealed class ParquetFeatureWriter : IFeatureWriter
{
    // Small groups: what waits for a group to fill, and what Parquet needs to write it, is all the memory that grows with the images.
    private const int ValuesPerGroup = 1 << 18;

    private readonly DataField<string> path = new("path");
    private readonly DataField<string> sha256 = new("sha256");
    private readonly DataField<string> label = new("label");
    private readonly DataField<float> element = new("element", nullable: false);
    private readonly List<string> paths = [];
    private readonly List<string> hashes = [];
    private readonly List<string> labels = [];
    private readonly int width;
    private readonly float[] values;
    private readonly int[] definitions;
    private readonly int[] repetitions;
    private ParquetWriter? writer;

    private ParquetFeatureWriter(int width)
    {
        this.width = width;
        int rows = Math.Max(1, ValuesPerGroup / width);
        values = new float[rows * width];
        definitions = new int[values.Length];
        repetitions = new int[values.Length];
    }

    public static async Task<ParquetFeatureWriter> CreateAsync(Stream stream, int width, CancellationToken cancellationToken)
    {
        ParquetFeatureWriter created = new(width);
        ParquetSchema schema = new(created.path, created.sha256, created.label, new ListField("features", created.element));
        created.writer = await ParquetWriter.CreateAsync(schema, stream, cancellationToken: cancellationToken).ConfigureAwait(false);
        created.LayLevels();
        return created;
    }

    public async Task WriteAsync(FeatureRow row, CancellationToken cancellationToken)
    {
        row.Features.CopyTo(values, paths.Count * width);
        paths.Add(row.Path);
        hashes.Add(row.Sha256);
        labels.Add(row.Label);
        if (paths.Count * width == values.Length)
        {
            await WriteGroupAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        if (paths.Count > 0)
        {
            await WriteGroupAsync(cancellationToken).ConfigureAwait(false);
        }

        await writer!.DisposeAsync().ConfigureAwait(false);
        writer = null;
    }

    public ValueTask DisposeAsync() => writer?.DisposeAsync() ?? ValueTask.CompletedTask;

    // Every row is a whole list: its first value starts one, the others go on with it. The schema knows the levels once a writer has it.
    private void LayLevels()
    {
        Array.Fill(definitions, element.MaxDefinitionLevel);
        Array.Fill(repetitions, element.MaxRepetitionLevel);
        for (int first = 0; first < repetitions.Length; first += width)
        {
            repetitions[first] = 0;
        }
    }

    private async Task WriteGroupAsync(CancellationToken cancellationToken)
    {
        using ParquetRowGroupWriter group = writer!.CreateRowGroup();
        await group.WriteAsync(path, paths).ConfigureAwait(false);
        await group.WriteAsync(sha256, hashes).ConfigureAwait(false);
        await group.WriteAsync(label, labels).ConfigureAwait(false);
        int count = paths.Count * width;
        await group.WriteAllPartsAsync<float>(
            element, values.AsMemory(0, count), definitions.AsMemory(0, count), repetitions.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
        paths.Clear();
        hashes.Clear();
        labels.Clear();
    }
}
