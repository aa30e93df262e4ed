using Parquet;
using Parquet.Schema;

namespace InceptionMl.Training.Features;

/// <summary>Features as Parquet: path, sha256 and label as text, features as a list of float; a row group every 1,000 images.</summary>
internal sealed class ParquetFeatureWriter : IFeatureWriter
{
    private const int RowsPerGroup = 1000;

    private readonly DataField<string> path = new("path");
    private readonly DataField<string> sha256 = new("sha256");
    private readonly DataField<string> label = new("label");
    private readonly DataField<float> element = new("element", nullable: false);
    private readonly List<FeatureRow> rows = new(RowsPerGroup);
    private readonly int width;
    private ParquetWriter? writer;

    private ParquetFeatureWriter(int width)
    {
        this.width = width;
    }

    public static async Task<ParquetFeatureWriter> CreateAsync(Stream stream, int width, CancellationToken cancellationToken)
    {
        ParquetFeatureWriter created = new(width);
        ParquetSchema schema = new(created.path, created.sha256, created.label, new ListField("features", created.element));
        created.writer = await ParquetWriter.CreateAsync(schema, stream, cancellationToken: cancellationToken).ConfigureAwait(false);
        return created;
    }

    public async Task WriteAsync(FeatureRow row, CancellationToken cancellationToken)
    {
        rows.Add(row);
        if (rows.Count == RowsPerGroup)
        {
            await WriteGroupAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        if (rows.Count > 0)
        {
            await WriteGroupAsync(cancellationToken).ConfigureAwait(false);
        }

        await writer!.DisposeAsync().ConfigureAwait(false);
        writer = null;
    }

    public ValueTask DisposeAsync() => writer?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task WriteGroupAsync(CancellationToken cancellationToken)
    {
        using ParquetRowGroupWriter group = writer!.CreateRowGroup();
        await group.WriteAsync(path, rows.ConvertAll(r => r.Path)).ConfigureAwait(false);
        await group.WriteAsync(sha256, rows.ConvertAll(r => r.Sha256)).ConfigureAwait(false);
        await group.WriteAsync(label, rows.ConvertAll(r => r.Label)).ConfigureAwait(false);
        int count = rows.Count * width;
        float[] values = new float[count];
        int[] definitions = new int[count];
        int[] repetitions = new int[count];
        Array.Fill(definitions, element.MaxDefinitionLevel);
        Array.Fill(repetitions, element.MaxRepetitionLevel);
        for (int i = 0; i < rows.Count; i++)
        {
            rows[i].Features.CopyTo(values, i * width);
            repetitions[i * width] = 0;
        }

        await group.WriteAllPartsAsync<float>(element, values, definitions, repetitions, cancellationToken).ConfigureAwait(false);
        rows.Clear();
    }
}
