using InceptionMl.Images.Internal;
using InceptionMl.Internal;

namespace InceptionMl.Batch.Internal;

/// <summary>Looks at the first bytes of files; those that cannot be read are no images.</summary>
public static class ImageHead
{
    /// <summary>Determines whether they are an image's, decodable here or not.</summary>
    public static bool IsImage(string path) => ImageSignature.IsImage(Read(path, stackalloc byte[ImageSignature.HeadLength]));

    /// <summary>Determines whether they are those of an image that is decoded here.</summary>
    public static bool IsDecoded(string path) => ImageKinds.Find(Read(path, stackalloc byte[ImageSignature.HeadLength])) is { IsDecoded: true };

    private static ReadOnlySpan<byte> Read(string path, Span<byte> head)
    {
        try
        {
            if (!FileKind.IsRegular(path))
            {
                return default;
            }

            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            return head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }
}
