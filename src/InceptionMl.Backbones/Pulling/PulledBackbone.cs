using InceptionMl.Backbones.Catalog;
using InceptionMl.Backbones.Download;
using InceptionMl.Backbones.Importing;
using InceptionMl.Backbones.Store;

namespace InceptionMl.Backbones.Pulling;

/// <summary>Published weights that are in the store now.</summary>
/// <param name="Entry">What was asked for.</param>
/// <param name="Stored">The backbone in the store.</param>
public sealed record PulledBackbone(CatalogEntry Entry, StoredBackbone Stored)
{
    /// <summary>Gets the file that was fetched, which is deleted by now; null if the backbone was in the store already.</summary>
    public DownloadedFile? File { get; init; }

    /// <summary>Gets how it was imported; null if the backbone was in the store already.</summary>
    public ImportedBackbone? Imported { get; init; }
}
