namespace InceptionMl.Cli.Console;

/// <summary>Whoever read the results has stopped reading, as <c>head</c> does: there is nobody left to work for.</summary>
/// <param name="cause">What writing failed with.</param>
/// <param name="done">What was done until then, the rest of a sentence; null where nobody counted.</param>
internal sealed class ReaderGoneException(Exception cause, string? done = null)
    : IOException("Whoever read the results has gone" + (done is null ? "." : $"; {done}."), cause);
