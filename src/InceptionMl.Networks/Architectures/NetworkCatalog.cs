using System.Collections.Immutable;
using InceptionMl.Networks.Graph;

namespace InceptionMl.Networks.Architectures;

/// <summary>The networks this library knows, by name.</summary>
public static class NetworkCatalog
{
    private static readonly ImmutableArray<(string Name, string? Alias, Func<Network> Create)> Entries =
    [
        ("googlenet", "inception-v1", () => GoogLeNet.Bvlc()),
        ("googlenet-torchvision", "googlenet-bn", () => GoogLeNet.Torchvision()),
        ("inception-v3", null, () => InceptionV3.Create()),
        ("inception-v3-torchvision", null, () => InceptionV3.Create(WeightOrigin.Torchvision)),
        ("inception-v4", null, () => InceptionV4.Create()),
        ("inception-resnet-v2", null, () => InceptionResNetV2.Create()),
        ("inception-compact", null, InceptionCompact.Create),
    ];

    /// <summary>Gets the names, in the order of publication.</summary>
    public static ImmutableArray<string> Names { get; } = [.. Entries.Select(entry => entry.Name)];

    /// <summary>Builds the network of this name.</summary>
    /// <param name="name">One of <see cref="Names"/>; case, hyphens and underscores do not matter: InceptionV3 is inception-v3.
    /// googlenet is also inception-v1, and googlenet-torchvision also googlenet-bn.</param>
    /// <returns>Null if there is none of this name.</returns>
    public static Network? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string wanted = Normalize(name);
        bool IsWanted(string? candidate) => candidate is not null && Normalize(candidate) == wanted;
        return Entries.FirstOrDefault(entry => IsWanted(entry.Name) || IsWanted(entry.Alias)).Create?.Invoke();
    }

    private static string Normalize(string name) =>
        name.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();
}

/// <summary>Whose published weights a network is built for, where the two great houses differ on one architecture.</summary>
public enum WeightOrigin
{
    /// <summary>
    /// Keras and TensorFlow: average pools leave the padding out of the mean, and batch normalization has no gamma.
    /// </summary>
    Keras,

    /// <summary>torchvision: average pools count the padding's zeros, and batch normalization has a gamma.</summary>
    Torchvision,
}
