namespace InceptionMl.Networks.Weights;

/// <summary>Names that come from a file: they end in messages, and so on terminals and in logs.</summary>
internal static class TensorName
{
    private const int Longest = 512;

    /// <summary>Determines whether it is of a sensible length and holds nothing that could steer a terminal.</summary>
    public static bool IsPlain(string name) => name.Length is > 0 and <= Longest && !name.Any(Steers);

    /// <summary>What a message may show of any name.</summary>
    public static string Shown(string name) => string.Concat(name.Take(100).Select(c => Steers(c) ? '?' : c));

    private static bool Steers(char c) => c is < ' ' or > '~';
}
