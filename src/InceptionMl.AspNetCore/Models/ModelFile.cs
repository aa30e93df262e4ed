using System.Security.Cryptography;
using InceptionMl.Scoring;

namespace InceptionMl.AspNetCore;

/// <summary>
/// A single zip as a model to serve. Its version is the beginning of its SHA-256, so that two answers of one version are of one model; it is
/// computed again where the file's length or time of writing has changed.
/// </summary>
internal sealed class ModelFile(string path) : IModelSource
{
    private const int DigestDigits = 12;

    private (long Length, DateTime Written, string Version)? known;

    public ValueTask<PromotedModel> GetCurrentAsync(CancellationToken cancellationToken = default)
    {
        using FileStream zip = File.OpenRead(path);
        (long length, DateTime written) = (zip.Length, File.GetLastWriteTimeUtc(zip.SafeFileHandle));
        if (known is not { } last || last.Length != length || last.Written != written)
        {
            known = last = (length, written, Convert.ToHexStringLower(SHA256.HashData(zip))[..DigestDigits]);
        }

        return new ValueTask<PromotedModel>(new PromotedModel(last.Version, path));
    }
}
