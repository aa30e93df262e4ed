using System.Buffers;
using System.Reflection;
using System.Runtime.InteropServices;
using InceptionMl.Images.Containers;
using InceptionMl.Images.Containers.Internal;
using InceptionMl.Images.Kinds;
using InceptionMl.Internal;
using SkiaSharp;

namespace InceptionMl.Images.Internal;

/// <summary>
/// Turns encoded images (JPEG, PNG, WebP, BMP, GIF; detected from their content, never by a name) into the pixels a network is trained
/// and scored on: colors in sRGB, upright by their EXIF orientation, transparency on white, the first frame of an animation,
/// resized as <see cref="ImagePreprocessing"/> says. The same bytes give the same pixels, whatever the thread.
/// </summary>
/// <remarks>
/// This type is thread-safe. A file that ends before its image does is refused; a JPEG that lacks
/// nothing but its end marker is prepared. Damage inside the compressed data of
/// a JPEG that still decodes to the end cannot be told from an image.
/// </remarks>
public sealed class ImagePreparer
{
    /// <summary>Gets the library that decodes and its version: part of the keys under which what was decoded is cached.</summary>
    public static string Decoder { get; } = "skia " + typeof(SKCodec).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    private static readonly ImageVariant[] PlainVariant = [ImageVariant.Plain];

    private readonly ImageLimits limits;
    private readonly SKColorSpace srgb = NativeSkia.CreateSrgb();

    /// <summary>Creates a preparer.</summary>
    /// <param name="preprocessing">How images are prepared.</param>
    /// <param name="limits">The largest images decoded; null for the defaults.</param>
    /// <exception cref="InvalidOperationException">SkiaSharp's native library is missing or of another version; the message names the package to add.</exception>
    public ImagePreparer(ImagePreprocessing preprocessing, ImageLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(preprocessing);
        Preprocessing = preprocessing;
        this.limits = OptionsCheck.Validated(limits);
    }

    /// <summary>Gets what an image may be.</summary>
    public ImageLimits Limits => limits;

    /// <summary>Gets what images are prepared to.</summary>
    public ImagePreprocessing Preprocessing { get; }

    /// <summary>Gets the bytes of one prepared image: height x width x 3.</summary>
    public int PreparedBytes => Preprocessing.Height * Preprocessing.Width * 3;

    /// <summary>Decodes one image and writes it prepared.</summary>
    /// <param name="encoded">The whole encoded file; not copied where it lies in an array.</param>
    /// <param name="rgb">Exactly <see cref="PreparedBytes"/> bytes: height x width x 3, rows from the top, red first, 0 to 255.
    /// Its content is undefined after an exception.</param>
    /// <param name="image">What a message is about; null for "The image".</param>
    /// <exception cref="ImageRefusedException">The bytes are empty, no image, of a format not decoded here, too large, cut off or
    /// damaged.</exception>
    /// <exception cref="ArgumentException"><paramref name="rgb"/> has another length.</exception>
    public void Prepare(ReadOnlyMemory<byte> encoded, Span<byte> rgb, Subject? image = null) => Prepare(encoded, PlainVariant, rgb, static _ => { }, image);

    /// <summary>Prepares several variants of one image. It is decoded once for all variants that need the same share of its pixels.</summary>
    /// <param name="encoded">The whole encoded file; not copied where it lies in an array.</param>
    /// <param name="variants">The variants. What one gives does not depend on the others.</param>
    /// <param name="rgb">Room for one variant, <see cref="PreparedBytes"/> bytes, written anew for each.</param>
    /// <param name="prepared">Called with a variant's place among <paramref name="variants"/> while <paramref name="rgb"/> holds it; in any order.</param>
    /// <param name="image">What a message is about; null for "The image".</param>
    /// <exception cref="ImageRefusedException">As for one image.</exception>
    /// <exception cref="ArgumentException"><paramref name="rgb"/> has another length.</exception>
    public void Prepare(ReadOnlyMemory<byte> encoded, IReadOnlyList<ImageVariant> variants, Span<byte> rgb, Action<int> prepared, Subject? image = null) =>
        Prepare(encoded, variants, rgb, prepared, thumbnail: default, image);

    /// <summary>Prepares several variants of one image, and a <see cref="GrayThumbnail"/> of the whole from the same pixels.</summary>
    /// <param name="encoded">The whole encoded file; not copied where it lies in an array.</param>
    /// <param name="variants">The variants; with none, only the thumbnail is made and <paramref name="rgb"/> may be empty.</param>
    /// <param name="rgb">Room for one variant, <see cref="PreparedBytes"/> bytes, written anew for each.</param>
    /// <param name="prepared">Called with a variant's place among <paramref name="variants"/> while <paramref name="rgb"/> holds it; in any order.</param>
    /// <param name="thumbnail">Room for <see cref="GrayThumbnail.Bytes"/>, or none where no thumbnail is wanted. It does not depend on <see cref="Preprocessing"/>.</param>
    /// <param name="image">What a message is about; null for "The image".</param>
    /// <exception cref="ImageRefusedException">As for one image.</exception>
    /// <exception cref="ArgumentException">There is room for another number of bytes.</exception>
    public void Prepare(
        ReadOnlyMemory<byte> encoded, IReadOnlyList<ImageVariant> variants, Span<byte> rgb, Action<int> prepared, Span<byte> thumbnail, Subject? image = null)
    {
        if (rgb.Length != PreparedBytes && variants.Count > 0)
        {
            throw new ArgumentException($"A prepared image takes {PreparedBytes} bytes; there is room for {rgb.Length}.", nameof(rgb));
        }

        if (thumbnail.Length != GrayThumbnail.Bytes && !thumbnail.IsEmpty)
        {
            throw new ArgumentException($"A thumbnail takes {GrayThumbnail.Bytes} bytes; there is room for {thumbnail.Length}.", nameof(thumbnail));
        }

        ImageFormat format = Admit(encoded.Span, image);
        if (MemoryMarshal.TryGetArray(encoded, out ArraySegment<byte> segment))
        {
            PrepareArray(segment, format, variants, rgb, prepared, thumbnail, image);
            return;
        }

        byte[] copy = ArrayPool<byte>.Shared.Rent(encoded.Length);
        try
        {
            encoded.CopyTo(copy);
            PrepareArray(new ArraySegment<byte>(copy, 0, encoded.Length), format, variants, rgb, prepared, thumbnail, image);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }

    /// <summary>Turns a prepared image into the planes a network takes: all red, all green, all blue, values 0 to 255 as they are.</summary>
    /// <param name="rgb">Interleaved RGB, three bytes per pixel.</param>
    /// <param name="planar">A buffer of the same length.</param>
    /// <exception cref="ArgumentException">The lengths differ or are no multiple of three.</exception>
    public static void ToPlanar(ReadOnlySpan<byte> rgb, Span<float> planar)
    {
        if (rgb.Length != planar.Length || rgb.Length % 3 != 0)
        {
            throw new ArgumentException($"{rgb.Length} interleaved bytes do not make {planar.Length} planar values of three channels.", nameof(planar));
        }

        RgbPlanes.Split(rgb, planar);
    }

    private ImageFormat Admit(ReadOnlySpan<byte> encoded, Subject? image)
    {
        if (encoded.IsEmpty)
        {
            throw RefusalText.Empty(image);
        }

        ReadOnlySpan<byte> head = encoded[..Math.Min(encoded.Length, ImageSignature.HeadLength)];
        if (ImageKinds.Find(head) is not { IsDecoded: true } kind)
        {
            throw RefusalText.NotDecoded(image, ImageKinds.Find(head), head);
        }

        if (encoded.Length > limits.MaxFileBytes)
        {
            throw RefusalText.TooManyBytes(image, encoded.Length, limits.MaxFileBytes);
        }

        if (OtherContent.IsCopiedInTextMode(encoded, kind.Format))
        {
            throw RefusalText.CopiedInTextMode(image, kind.Format);
        }

        return UndecodedVariant.NameOf(encoded, kind.Format) is { } variant ? throw RefusalText.Unsupported(image, variant) : kind.Format;
    }

    private void PrepareArray(
        ArraySegment<byte> encoded, ImageFormat format, IReadOnlyList<ImageVariant> variants, Span<byte> rgb, Action<int> prepared, Span<byte> thumbnail, Subject? image)
    {
        using PinnedImage stored = PinnedImage.TryOpen(encoded) ?? throw RefusalText.NotOpened(image, format, encoded);
        CheckSize(stored.Codec.Info, encoded, format, image);
        using PinnedImage? rewritten = DecodableForm.Create(encoded, format, image) is { } form ? PinnedImage.TryOpen(form) : null;
        SKCodec codec = (rewritten ?? stored).Codec;
        SKCodecResult result = Prepare(codec, new Container(format, encoded), variants, rgb, prepared, thumbnail);
        if (result != SKCodecResult.Success)
        {
            throw RefusalText.NotDecodable(image, format, result, encoded);
        }
    }

    private void CheckSize(SKImageInfo header, ReadOnlySpan<byte> encoded, ImageFormat format, Subject? image)
    {
        if (header.Width < 1 || header.Height < 1)
        {
            throw RefusalText.NoPixels(image, format);
        }

        if ((long)header.Width * header.Height > limits.MaxPixels)
        {
            throw RefusalText.TooManyPixels(image, header.Width, header.Height, limits.MaxPixels);
        }

        bool plausible = format switch
        {
            ImageFormat.Png => PngHeader.CanHoldItsPixels(encoded),
            ImageFormat.Bmp => BmpHeader.CanHoldItsPixels(encoded),
            ImageFormat.Gif => GifHeader.CanHoldItsPixels(header.Width, header.Height, encoded.Length),
            _ => true,
        };
        if (!plausible)
        {
            throw RefusalText.CannotHold(image, format, header.Width, header.Height, encoded.Length);
        }
    }

    private SKCodecResult Prepare(
        SKCodec codec, Container container, IReadOnlyList<ImageVariant> variants, Span<byte> rgb, Action<int> prepared, Span<byte> thumbnail)
    {
        SKImageInfo header = codec.Info;
        (int width, int height) = container.Orientation.Transposed ? (header.Height, header.Width) : (header.Width, header.Height);
        (ResizeAxis wholeX, ResizeAxis wholeY) = ResizeAxis.Create(width, height, Preprocessing);
        PlacedVariant[] placed =
        [
            .. variants.Select((variant, number) => PlacedVariant.Create(number, variant, wholeX, wholeY, container.Format)),
            .. thumbnail.IsEmpty ? Array.Empty<PlacedVariant>() : [PlacedVariant.Thumbnail(width, height, container.Format)],
        ];
        Span<byte> small = thumbnail.IsEmpty ? default : stackalloc byte[3 * GrayThumbnail.Bytes];
        foreach (IGrouping<int, PlacedVariant> sameScale in placed.GroupBy(variant => variant.Eighths))
        {
            double scale = sameScale.Key / 8.0;
            SKSizeI size = scale < 1 ? codec.GetScaledDimensions((float)scale) : header.Size;
            using SKData pixels = SKData.Create((long)size.Width * size.Height * 4);
            SKCodecResult result = Decode(codec, size, container.IsIndexed, pixels);
            if (result != SKCodecResult.Success)
            {
                return result;
            }

            foreach (PlacedVariant variant in sameScale)
            {
                if (variant.IsThumbnail)
                {
                    Resample(pixels.AsSpan(), size, variant, container.Orientation, small);
                    GrayThumbnail.FromRgb(small, thumbnail);
                    continue;
                }

                Resample(pixels.AsSpan(), size, variant, container.Orientation, rgb);
                prepared(variant.Number);
            }
        }

        return SKCodecResult.Success;
    }

    private SKCodecResult Decode(SKCodec codec, SKSizeI size, bool isIndexed, SKData pixels)
    {
        SKAlphaType alpha = codec.Info.AlphaType == SKAlphaType.Opaque ? SKAlphaType.Opaque
            : isIndexed ? SKAlphaType.Unpremul
            : SKAlphaType.Premul;
        SKCodecResult result = codec.GetPixels(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, alpha, srgb), pixels.Data);
        if (result == SKCodecResult.Success && alpha == SKAlphaType.Unpremul)
        {
            Premultiplication.Apply(pixels.Span);
        }

        return result;
    }

    private static void Resample(ReadOnlySpan<byte> pixels, SKSizeI size, PlacedVariant variant, Orientation orientation, Span<byte> rgb)
    {
        double scale = variant.Eighths / 8.0;
        bool transposed = orientation.Transposed;
        (ResizeAxis storedX, ResizeAxis storedY) = transposed ? (variant.Y, variant.X) : (variant.X, variant.Y);
        using BoxWindows columns = new(storedX, scale, size.Width, orientation.MirroredColumns ^ (variant.Mirrored && !transposed));
        using BoxWindows rows = new(storedY, scale, size.Height, orientation.MirroredRows ^ (variant.Mirrored && transposed));
        AreaResampler.Resample(pixels, size.Width, rows, columns, transposed, rgb);
        variant.Tone.Apply(rgb, variant.X, variant.Y);
        variant.Softening.Apply(rgb, variant.X.Target);
    }

    /// <summary>A variant laid over the upright picture it is of.</summary>
    private readonly record struct PlacedVariant(int Number, ResizeAxis X, ResizeAxis Y, int Eighths, bool Mirrored, Tone Tone, Softening Softening)
    {
        /// <summary>Gets a value that indicates whether this is the thumbnail.</summary>
        public bool IsThumbnail => Number < 0;

        /// <summary>The whole image, decoded to a size that its own size alone decides.</summary>
        public static PlacedVariant Thumbnail(int width, int height, ImageFormat format)
        {
            const int Side = GrayThumbnail.DecodedSide;
            int eighths = format == ImageFormat.Jpeg ? JpegScale.Eighths(new ResizeAxis(width, Side, 0, Side), new ResizeAxis(height, Side, 0, Side)) : 8;
            ResizeAxis x = new(width, GrayThumbnail.Side, 0, GrayThumbnail.Side);
            ResizeAxis y = new(height, GrayThumbnail.Side, 0, GrayThumbnail.Side);
            return new PlacedVariant(-1, x, y, eighths, Mirrored: false, Tone.Unchanged, Softening.None);
        }

        public static PlacedVariant Create(int number, ImageVariant variant, ResizeAxis wholeX, ResizeAxis wholeY, ImageFormat format)
        {
            ResizeAxis x = wholeX.Part(variant.Crop.Width, variant.Crop.X);
            ResizeAxis y = wholeY.Part(variant.Crop.Height, variant.Crop.Y);
            return new PlacedVariant(number, x, y, format == ImageFormat.Jpeg ? JpegScale.Eighths(x, y) : 8, variant.Mirrored, variant.Tone, variant.Softening);
        }
    }
}
