using InceptionMl.Images.Containers.Internal;
using InceptionMl.Images.Internal;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Features;

namespace InceptionMl.Training.Checks;

/// <summary>What was seen on images, by their content, beside the features of a cache. Without a folder, or where the cache cannot be used, all is unknown.</summary>
internal sealed class InspectionCache : IDisposable
{
    private const int Version = 1;

    private readonly FeatureCache? cache;
    private readonly string? failure;
    private readonly long looks;
    private readonly long fingerprints;

    public InspectionCache(string? folder)
    {
        if (folder is null)
        {
            return;
        }

        try
        {
            cache = FeatureCache.Open(folder);
            looks = cache.Space(FormattableString.Invariant($"check v{Version}; decode v{Images.ImagePreprocessing.DecoderVersion}; within {ImageInspection.Side}; {ImagePreparer.Decoder}"));

            // Training looks for them here too.
            fingerprints = cache.Space(ImageFingerprint.CanonicalRule);
        }
        catch (FeatureCacheException exception)
        {
            failure = exception.Message;
        }
    }

    /// <summary>Gets what is wrong with the cache, a sentence; null if nothing is.</summary>
    public string? Problem => failure ?? cache?.Problem;

    /// <summary>Gets what was seen; null if the image is unknown.</summary>
    public ImageLook? TryGet(byte[] image) =>
        cache?.TryGet(looks, image) is { } look && cache.TryGet(fingerprints, image) is { Length: ImageFingerprint.Bytes } fingerprint ? Decode(look, ImageFingerprint.FromBytes(fingerprint)) : null;

    public void Put(byte[] image, ImageLook look)
    {
        cache?.Put(looks, image, Encode(look));
        cache?.Put(fingerprints, image, look.Fingerprint.ToBytes());
    }

    public void Dispose() => cache?.Dispose();

    private static byte[] Encode(ImageLook look)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        writer.Write((int)look.Header.Format);
        writer.Write(look.Header.Width);
        writer.Write(look.Header.Height);
        writer.Write(look.Header.IsTurned);
        writer.Write(look.Pixels.Brightest);
        writer.Write(look.Pixels.Darkest);
        writer.Write(look.Pixels.IsGray);
        writer.Write(look.Pixels.IsConstant);
        writer.Write(look.Pixels.Softness);
        writer.Write(look.Pixels.Detail ?? 0);
        writer.Flush();
        return stream.ToArray();
    }

    private static ImageLook? Decode(byte[] bytes, ImageFingerprint fingerprint)
    {
        try
        {
            using BinaryReader reader = new(new MemoryStream(bytes));
            ImageHeader header = new((ImageFormat)reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadBoolean());
            PixelStatistics pixels = new(reader.ReadDouble(), reader.ReadDouble(), reader.ReadBoolean(), reader.ReadBoolean(), reader.ReadDouble(), Detail: null);
            return new ImageLook(header, pixels with { Detail = reader.ReadInt32() is > 0 and int detail ? detail : null }, fingerprint);
        }
        catch (EndOfStreamException)
        {
            return null;
        }
    }
}
