namespace InceptionMl.Backbones.Internal;

/// <summary>Names that are a folder's name on every system: letters, digits, <c>.</c>, <c>_</c> and <c>-</c>.</summary>
public static class BackboneName
{
    private const int Longest = 100;

    // Windows opens a device for these, whatever extension follows.
    private static readonly string[] Devices = ["CON", "PRN", "AUX", "NUL", "COM", "LPT"];

    public static bool IsValid(string name) => Problem(name) is null;

    /// <exception cref="BackboneException">The name cannot be used.</exception>
    public static void Require(string name)
    {
        if (Problem(name) is { } problem)
        {
            throw new BackboneException($"'{name}' cannot name a backbone: {problem}");
        }
    }

    private static string? Problem(string name)
    {
        if (name.Length is 0 or > Longest)
        {
            return FormattableString.Invariant($"a name has from 1 to {Longest} characters");
        }

        if (!name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-'))
        {
            return "a name holds only the letters a to z, digits, '.', '_' and '-'";
        }

        if (!char.IsAsciiLetterOrDigit(name[0]) || name[^1] == '.')
        {
            return "a name begins with a letter or a digit and does not end with '.'";
        }

        return IsDevice(name.Split('.', 2)[0]) ? "Windows reserves it for a device" : null;
    }

    private static bool IsDevice(string stem) => Devices.Any(device =>
        stem.StartsWith(device, StringComparison.OrdinalIgnoreCase)
        && (device is "COM" or "LPT" ? stem.Length == 4 && char.IsAsciiDigit(stem[3]) : stem.Length == 3));
}
