namespace InceptionMl.TestSupport;

/// <summary>Where the checkout is.</summary>
internal static class Workspace
{
    /// <summary>The repository's root: the nearest folder above the test binaries that holds InceptionMl.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A path inside the checkout.</summary>
    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "InceptionMl.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("InceptionMl.sln is not above the test binaries.");
    }
}
