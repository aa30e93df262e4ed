using System.Globalization;
using InceptionMl.Internal;

namespace InceptionMl.Models.Registry.Internal;

/// <summary>Names of versions: a number from 1 on, in at least four and at most nine digits, one name a number.</summary>
public static class VersionName
{
    public const int Last = 999_999_999;
    private const int Fewest = 4;
    private const int Most = 9;

    public static bool IsValid(string name) =>
        name.Length is >= Fewest and <= Most && name.All(char.IsAsciiDigit) && (name.Length == Fewest || name[0] != '0') && Number(name) > 0;

    public static int Number(string name) => int.Parse(name, NumberStyles.None, CultureInfo.InvariantCulture);

    public static string Format(int number) => number.ToString("0000", CultureInfo.InvariantCulture);

    /// <exception cref="RegistryException">No version can have this name.</exception>
    public static void Require(string name)
    {
        if (!IsValid(name))
        {
            throw new RegistryException($"'{SingleLineText.Clean(name, 40)}' is no version: a version is a number of {Fewest} to {Most} digits, such as 0001");
        }
    }
}
