namespace InceptionMl.Backbones.Download;

/// <summary>Addresses as they may be shown and kept.</summary>
internal static class DownloadAddress
{
    /// <summary>Without user, password and query, where secrets are.</summary>
    public static string Show(Uri address) => $"{address.Scheme}://{address.Authority}{address.AbsolutePath}";

    /// <summary>The web address that a text is; null if it is something else, a path for one.</summary>
    public static Uri? Parse(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? address
            : null;
}
