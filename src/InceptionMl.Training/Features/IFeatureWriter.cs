namespace InceptionMl.Training.Features;

/// <summary>Writes labeled feature vectors, a row per image.</summary>
internal interface IFeatureWriter : IAsyncDisposable
{
    /// <summary>Adds a row.</summary>
    public Task WriteAsync(FeatureRow row, CancellationToken cancellationToken);

    /// <summary>Writes what is still held back.</summary>
    public Task CompleteAsync(CancellationToken cancellationToken);
}
