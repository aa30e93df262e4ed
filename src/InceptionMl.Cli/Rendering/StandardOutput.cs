using Microsoft.Win32.SafeHandles;

namespace InceptionMl.Cli.Rendering;

/// <summary>The process's standard output.</summary>
internal static class StandardOutput
{
    private const int Descriptor = 1;

    /// <summary>
    /// Opens it. The framework's console stream drops what nobody reads any more without a word, and a long run would go on for nobody;
    /// so a pipe is written past it. A file is left to it, for it may be shared with standard error and has one place to write at.
    /// </summary>
    public static Stream Open()
    {
        Stream console = new ResultStream(System.Console.OpenStandardOutput());
        if (OperatingSystem.IsWindows() || !System.Console.IsOutputRedirected)
        {
            return console;
        }

        try
        {
            FileStream direct = new(new SafeFileHandle(Descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            return direct.CanSeek ? console : new ResultStream(direct);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return console;
        }
    }
}
