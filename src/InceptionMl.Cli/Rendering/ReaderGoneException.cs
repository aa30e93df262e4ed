namespace InceptionMl.Cli.Rendering;

/// <summary>Whoever read the results has stopped reading, as <c>head</c> does: there is nobody left to work for, and nothing to tell.</summary>
/// <param name="cause">What writing failed with.</param>
internal sealed class ReaderGoneException(Exception cause) : IOException("Whoever read the results has gone.", cause);
