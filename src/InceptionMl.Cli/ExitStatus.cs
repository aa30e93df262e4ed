namespace InceptionMl.Cli;

/// <summary>What the process returns; scripts rely on it.</summary>
internal static class ExitStatus
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int SomeUnreadable = 3;
    public const int Kept = 4;
    public const int Drift = 5;
    public const int Interrupted = 130;
}
