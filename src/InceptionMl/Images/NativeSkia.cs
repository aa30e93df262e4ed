using System.Reflection;
using SkiaSharp;

namespace InceptionMl.Images;

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
