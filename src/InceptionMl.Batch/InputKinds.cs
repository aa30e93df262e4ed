using InceptionMl.Images.Internal;
using InceptionMl.Internal;

namespace InceptionMl.Batch;

/// <summary>Tells what an argument stands for: Parquet files and archives by their first bytes, text tables by their extension.</summary>
internal static class InputKinds
{
    public static InputKind FromArgument(string argument)
    {
        // What is no regular file is named as such where images are read.
        if (!File.Exists(argument) || ImageSignature.HasImageExtension(argument) || !FileKind.IsRegular(argument))
        {
            return InputKind.Images;
        }

        InputKind named = ByName(argument);
        if (named == InputKind.Delimited)
        {
            return named;
        }

        return Head(argument) switch
        {
            [(byte)'P', (byte)'A', (byte)'R', (byte)'1'] => InputKind.Parquet,
            [(byte)'P', (byte)'K', 3, 4] or [(byte)'P', (byte)'K', 5, 6] => InputKind.Zip,
            _ => named,
        };
    }

    /// <summary>Determines whether a name is one of a table or an archive; nothing is opened.</summary>
    public static bool IsNamedAsTableOrArchive(string path) => ByName(path) != InputKind.Images;

    private static InputKind ByName(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".CSV" or ".TSV" or ".TAB" => InputKind.Delimited,
        ".PARQUET" => InputKind.Parquet,
        ".ZIP" => InputKind.Zip,
        _ => InputKind.Images,
    };

    private static byte[] Head(string path)
    {
        try
        {
            byte[] head = new byte[4];
            using FileStream file = File.OpenRead(path);
            return head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}

/// <summary>What an argument of a batch stands for.</summary>
internal enum InputKind
{
    /// <summary>An image, a folder or a pattern.</summary>
    Images,

    /// <summary>A CSV or TSV file with a column of paths.</summary>
    Delimited,

    /// <summary>A Parquet file with a column of paths or of images.</summary>
    Parquet,

    /// <summary>A zip archive of images.</summary>
    Zip,
}
