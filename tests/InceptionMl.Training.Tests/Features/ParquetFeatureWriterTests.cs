using InceptionMl.Training.Features;
using Parquet.Serialization;

namespace InceptionMl.Training.Tests.Features;

public sealed class ParquetFeatureWriterTests
{
    [Theory]
    [InlineData(1, 5)]
    [InlineData(100_000, 1)]
    [InlineData(100_000, 2)]
    [InlineData(100_000, 5)]
    [InlineData(300_000, 3)]
    public async Task Rows_come_back_in_order_however_many_groups_they_fill(int width, int rows)
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        using MemoryStream file = new();
        await using (ParquetFeatureWriter writer = await ParquetFeatureWriter.CreateAsync(file, width, cancellationToken))
        {
            for (int row = 0; row < rows; row++)
            {
                await writer.WriteAsync(new FeatureRow($"{row}.jpg", $"hash {row}", $"label {row}", Vector(row, width)), cancellationToken);
            }

            await writer.CompleteAsync(cancellationToken);
        }

        file.Position = 0;
        IList<Row> read = (await ParquetSerializer.DeserializeAsync<Row>(file, cancellationToken: cancellationToken)).Data;
        Assert.Equal(Enumerable.Range(0, rows).Select(row => $"{row}.jpg hash {row} label {row}"), read.Select(r => $"{r.path} {r.sha256} {r.label}"));
        Assert.All(Enumerable.Range(0, rows), row => Assert.True(read[row].features.SequenceEqual(Vector(row, width))));
    }

    private static float[] Vector(int row, int width) => [.. Enumerable.Range(0, width).Select(i => (float)((row * 1000) + i))];

    private sealed class Row
    {
        public string path { get; set; } = string.Empty;

        public string sha256 { get; set; } = string.Empty;

        public string label { get; set; } = string.Empty;

        public List<float> features { get; set; } = [];
    }
}
