using System.Text;
using InceptionMl.Internal;

namespace InceptionMl.Backbones.Download;

/// <summary>
/// The SHA-256 that a file had when it first came, <c>FILE.sha256</c> in the form of sha256sum: where its publisher gives no whole
/// SHA-256, a later download has to be the same file.
/// </summary>
internal static class FirstUse
{
    private const int DigestLength = 64;

    /// <summary>Gets the digest recorded; null if none is.</summary>
    /// <exception cref="BackboneException">The record is damaged, which must not pass for none.</exception>
    public static string? Recorded(string path)
    {
        if (!File.Exists(path + ".sha256"))
        {
            return null;
        }

        string text = File.ReadAllText(path + ".sha256");
        return text.Length >= DigestLength && text.Take(DigestLength).All(char.IsAsciiHexDigitLower)
            ? text[..DigestLength]
            : throw new BackboneException($"{path}.sha256 does not begin with a SHA-256: delete it to trust the next download anew") { Path = path };
    }

    public static void Record(string path, string sha256) =>
        AtomicFile.Write(path + ".sha256", stream => stream.Write(Encoding.UTF8.GetBytes($"{sha256}  {Path.GetFileName(path)}\n")));
}
