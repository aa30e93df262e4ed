using System.Globalization;
using CsvHelper;

namespace InceptionMl.Training.Features;

/// <summary>Features as comma-separated values: path, sha256, label, f0, f1, ...; numbers read back as the same float32.</summary>
internal sealed class CsvFeatureWriter : IFeatureWriter
{
    private readonly StreamWriter text;
    private readonly CsvWriter csv;

    public CsvFeatureWriter(Stream stream, int width)
    {
        text = new StreamWriter(stream, leaveOpen: true);
        csv = new CsvWriter(text, CultureInfo.InvariantCulture, leaveOpen: true);
        foreach (string name in (string[])["path", "sha256", "label"])
        {
            csv.WriteField(name);
        }

        for (int i = 0; i < width; i++)
        {
            csv.WriteField(FormattableString.Invariant($"f{i}"));
        }

        csv.NextRecord();
    }

    public async Task WriteAsync(FeatureRow row, CancellationToken cancellationToken)
    {
        csv.WriteField(row.Path);
        csv.WriteField(row.Sha256);
        csv.WriteField(row.Label);
        foreach (float value in row.Features)
        {
            csv.WriteField(value.ToString("R", CultureInfo.InvariantCulture), shouldQuote: false);
        }

        await csv.NextRecordAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await csv.FlushAsync().ConfigureAwait(false);
        await text.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await csv.DisposeAsync().ConfigureAwait(false);
        await text.DisposeAsync().ConfigureAwait(false);
    }
}
