using System.Security.Cryptography;
using InceptionMl.Scoring;

namespace InceptionMl.AspNetCore.Models;

/// <summary>A single zip as a model to serve. Its version is the beginning of its SHA-256, so that two answers of one version are of one model.</summary>
internal sealed class ModelFile(string path) : IModelSource
{
    private const int DigestDigits = 12;

    public PromotedModel Current()
    {
        using FileStream zip = File.OpenRead(path);
        return new PromotedModel(Convert.ToHexStringLower(SHA256.HashData(zip))[..DigestDigits], path);
    }
}
