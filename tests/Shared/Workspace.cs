namespace InceptionMl.TestSupport;

/// <summary>Where the checkout is, and what stands beside it.</summary>
internal static class Workspace
{
    /// <summary>The repository's root: the nearest folder above the test binaries that holds InceptionMl.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A path inside the checkout.</summary>
    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>
    /// A path in the material that stands beside a developer's checkout; skips the running test where it is absent.
    /// </summary>
    public static string SharedOrSkip(params string[] parts)
    {
        string path = Path.GetFullPath(Path.Combine([Root, "..", "shared", .. parts]));
        Assert.SkipUnless(Path.Exists(path), $"needs {string.Join('/', parts)} from the developers' shared material, which is not here");
        return path;
    }

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
