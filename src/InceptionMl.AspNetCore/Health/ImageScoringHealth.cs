namespace InceptionMl.AspNetCore.Health;

/// <summary>How the health checks of scorers are told from others.</summary>
internal static class ImageScoringHealth
{
    public const string ReadyTag = "ready";
}
