using InceptionMl.Batch.Internal;
using InceptionMl.Scoring;

namespace InceptionMl.Batch;

/// <summary>An image that a table names by its path. It is reported as the table writes it, so that results can be joined with the table.</summary>
internal static class ListedImage
{
    public static BatchInput Input(string written, string folder, string row, string? id) =>
        string.IsNullOrWhiteSpace(written) ? BatchInput.Unusable(row, "has no path", id)
        : ListedPath.Refusal(written) is { } refusal ? BatchInput.Unusable(ListedPath.IsDataUri(written) ? row : written, refusal, id)
        : written.Any(char.IsControl) || ListedPath.Resolve(written, folder) is not { } path ? BatchInput.Unusable(row, "has a path that cannot be one", id)
        : new BatchInput(ImageSource.FromFile(path.Full, written), id);
}
