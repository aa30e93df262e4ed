namespace InceptionMl.Cli.Console;

/// <summary>Whoever read the results has stopped reading, as <c>head</c> does: there is nobody left to work for, and nothing to say.</summary>
internal sealed class ReaderGoneException(IOException cause) : IOException(cause.Message, cause);
