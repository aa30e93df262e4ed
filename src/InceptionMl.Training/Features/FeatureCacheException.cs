using Microsoft.Data.Sqlite;

namespace InceptionMl.Training.Features;

/// <summary>The feature cache cannot be used; the message names its file and says what to do.</summary>
internal sealed class FeatureCacheException : InceptionMlException
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    /// <summary>Creates an exception.</summary>
    /// <param name="message">What is wrong, without the full stop.</param>
    /// <param name="innerException">What SQLite said.</param>
    internal FeatureCacheException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>What an exception means for the run that met it.</summary>
    internal static FeatureCacheException From(string path, Exception exception) => exception is SqliteException { SqliteErrorCode: NotADatabase or Corrupt } or InvalidCastException
        ? new($"{path} is no feature cache, or a damaged one, so the run went on without it: delete it, or choose another cache folder", exception)
        : new($"{path} cannot be used as a cache, because {Reason(exception)}; the run went on without it: {Advice(exception)}", exception);

    private static string Reason(Exception exception) => exception switch
    {
        SqliteException { SqliteErrorCode: Busy or Locked } => "another program holds it",
        SqliteException { SqliteErrorCode: ReadOnly or CannotOpen } => "it cannot be written",
        SqliteException { SqliteErrorCode: InputOutput } => "its disk cannot be read or written",
        SqliteException { SqliteErrorCode: Full } => "its disk is full",
        SqliteException other => FormattableString.Invariant($"SQLite reports error {other.SqliteErrorCode}"),
        UnauthorizedAccessException => "its folder cannot be written",
        IOException => $"its folder cannot be made ({exception.Message.TrimEnd('.')})",
        _ => exception.Message.TrimEnd('.'),
    };

    private static string Advice(Exception exception) => exception is SqliteException { SqliteErrorCode: Full }
        ? "free some space, or choose another cache folder"
        : "make it writable, or choose another cache folder, or none";
}
