using System.Globalization;
using InceptionMl.Batch.Internal;

namespace InceptionMl.Training.Features;

/// <summary>Features as comma-separated values: path, sha256, label, f0, f1, ...; numbers read back as the same float32.</summary>
internal sealed class CsvFeatureWriter : IFeatureWriter
{
    private readonly StreamWriter text;

    public CsvFeatureWriter(Stream stream, int width)
    {
        text = new StreamWriter(stream, leaveOpen: true) { NewLine = "\r\n" };
        text.WriteLine("path,sha256,label," + string.Join(',', Enumerable.Range(0, width).Select(i => FormattableString.Invariant($"f{i}"))));
    }

    public async Task WriteAsync(FeatureRow row, CancellationToken cancellationToken)
    {
        string lead = string.Join(',', ((string[])[row.Path, row.Sha256, row.Label]).Select(CsvRecords.Escape));
        await text.WriteAsync(lead.AsMemory(), cancellationToken).ConfigureAwait(false);
        foreach (float value in row.Features)
        {
            text.Write(',');
            text.Write(value.ToString("R", CultureInfo.InvariantCulture));
        }

        await text.WriteLineAsync(ReadOnlyMemory<char>.Empty, cancellationToken).ConfigureAwait(false);
    }

    public Task CompleteAsync(CancellationToken cancellationToken) => text.FlushAsync(cancellationToken);

    public ValueTask DisposeAsync() => text.DisposeAsync();
}
