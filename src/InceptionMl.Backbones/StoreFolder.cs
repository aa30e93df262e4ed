namespace InceptionMl.Backbones;

/// <summary>Where a user's backbones are kept unless they say otherwise.</summary>
public static class StoreFolder
{
    /// <summary>Gets the store's folder, from values that the application reads from its environment.</summary>
    /// <param name="xdgDataHome">XDG_DATA_HOME; it counts only where it is an absolute path, as its specification demands.</param>
    /// <param name="localAppData">The system's folder for a user's local application data; it stands in for the first.</param>
    /// <exception cref="BackboneException">Neither names a folder.</exception>
    public static string Default(string? xdgDataHome, string? localAppData)
    {
        string? home = new[] { xdgDataHome, localAppData }.FirstOrDefault(path => path is not null && Path.IsPathFullyQualified(path));
        return home is null
            ? throw new BackboneException("Neither XDG_DATA_HOME nor the local application data names a folder: say where the backbones are kept")
            : Path.Combine(home, "inceptionml", "backbones");
    }
}
