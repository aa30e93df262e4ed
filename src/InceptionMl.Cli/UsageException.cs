namespace InceptionMl.Cli;

/// <summary>The command line itself is wrong; the message names the option and says what to do.</summary>
internal sealed class UsageException(string message) : Exception(message);
