using System.Reflection;
using System.Runtime.InteropServices;
using SkiaSharp;

namespace InceptionMl.Images;

/// <summary>A decoder over an array that is neither copied nor moved while it is open.</summary>
internal sealed class PinnedImage : IDisposable
{
    private readonly SKData data;
    private GCHandle pin;

    private PinnedImage(GCHandle pin, SKData data, SKCodec codec) => (this.pin, this.data, Codec) = (pin, data, codec);

    /// <summary>Gets the decoder.</summary>
    public SKCodec Codec { get; }

    /// <summary>Opens a decoder, which reads the header.</summary>
    /// <param name="encoded">The whole encoded file.</param>
    /// <returns>The decoder; null if there is none that takes the file.</returns>
    public static PinnedImage? TryOpen(ArraySegment<byte> encoded)
    {
        GCHandle pin = GCHandle.Alloc(encoded.Array, GCHandleType.Pinned);
        SKData? data = null;
        try
        {
            data = SKData.Create(pin.AddrOfPinnedObject() + encoded.Offset, encoded.Count);
            if (SKCodec.Create(data) is { } codec)
            {
                PinnedImage image = new(pin, data, codec);
                (pin, data) = (default, null);
                return image;
            }

            return null;
        }
        finally
        {
            data?.Dispose();
            if (pin.IsAllocated)
            {
                pin.Free();
            }
        }
    }

    public void Dispose()
    {
        Codec.Dispose();
        data.Dispose();
        pin.Free();
    }
}

/// <summary>The first use of SkiaSharp's native library, which must be of SkiaSharp's own version.</summary>
internal static class NativeSkia
{
    /// <summary>Creates the color space sRGB.</summary>
    /// <exception cref="InvalidOperationException">The native library is missing or of another version.</exception>
    public static SKColorSpace CreateSrgb()
    {
        try
        {
            return SKColorSpace.CreateSrgb();
        }
        catch (Exception exception) when (exception is TypeInitializationException or DllNotFoundException or EntryPointNotFoundException)
        {
            string stated = typeof(SKColorSpace).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
            string version = stated.Split('+', '-')[0];
            string package = OperatingSystem.IsWindows() ? "Win32" : OperatingSystem.IsMacOS() ? "macOS" : "Linux.NoDependencies";
            throw new InvalidOperationException(
                $"SkiaSharp {version} needs its native library of its own version: add the package SkiaSharp.NativeAssets.{package} of version {version} to the application.",
                exception);
        }
    }
}
