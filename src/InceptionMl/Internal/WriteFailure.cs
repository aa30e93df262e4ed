namespace InceptionMl.Internal;

/// <summary>Says why something cannot be written, under the name that was asked for and not under that of an intermediate file.</summary>
public static class WriteFailure
{
    private const string BeforePath = " : '";

    // What .NET makes of EFBIG is no IOException and names no path.
    private const string TooLarge = "Specified file length was too large for the file system";

    // ENOSPC and EDQUOT; ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL on Windows.
    private static readonly int[] NoRoom = OperatingSystem.IsWindows() ? [39, 112] : [28, OperatingSystem.IsMacOS() ? 69 : 122];

    /// <summary>Determines whether an exception is of the file system, and speaks of a path or of one below it.</summary>
    public static bool IsOf(Exception exception, string path) => IsTooLarge(exception)
        || (exception is IOException or UnauthorizedAccessException && exception.Message.Contains(path, StringComparison.Ordinal));

    /// <summary>The same failure, told of the file or folder that was asked for.</summary>
    /// <param name="asked">What was to be written, as it was given.</param>
    /// <param name="exception">Why it cannot be.</param>
    public static IOException CreateException(string asked, Exception exception) => new($"{asked} cannot be written ({Cause(exception)}): {Remedy(exception)}", exception);

    /// <summary>What the system says, without the path.</summary>
    public static string Cause(Exception exception)
    {
        if (exception is UnauthorizedAccessException)
        {
            return "access is denied";
        }

        if (IsTooLarge(exception))
        {
            return "the file is larger than the disk or a limit of this user allows";
        }

        int path = exception.Message.LastIndexOf(BeforePath, StringComparison.Ordinal);
        return (path < 0 ? exception.Message : exception.Message[..path]).TrimEnd('.');
    }

    private static bool IsTooLarge(Exception exception) =>
        exception is ArgumentOutOfRangeException && exception.Message.StartsWith(TooLarge, StringComparison.Ordinal);

    private static string Remedy(Exception exception) =>
        NoRoom.Contains(exception.HResult & 0xFFFF) ? "make room there, or choose another place" : "choose another place";
}
