namespace InceptionMl.Backbones.Importing;

/// <summary>What a weight file does not say of itself.</summary>
/// <example><code>
/// BackboneImport import = new(new BackboneStore("backbones"));
/// await import.ImportAsync("inception.pth", new BackboneImportOptions { Name = "parts" });
/// </code></example>
public sealed class BackboneImportOptions
{
    /// <summary>Gets or sets the name in the store.</summary>
    /// <value>
    /// No published weights' name, unless the file is theirs. The default is the name in the catalog where the file is a published one, otherwise one made of
    /// the file's.
    /// </value>
    public string? Name { get; set; }

    /// <summary>
    /// Gets or sets the network the weights are of, by a name that is known here. A file of named tensors that turns out to be another's is refused;
    /// of a graph, which tells no name, it is what the card says.
    /// </summary>
    /// <value>The default is what the tensors' names tell; of a graph, what is published of it.</value>
    public string? Network { get; set; }

    /// <summary>Gets or sets the tensor of the pooled features, as the graph names it; where it is a map, its mean over positions is taken.</summary>
    /// <value>The default is the last average pool or mean over positions.</value>
    public string? FeaturesTensor { get; set; }

    /// <summary>Gets or sets how images are prepared; it goes before whatever is known of the file.</summary>
    /// <value>The default is what is known; where nothing is, the import is refused.</value>
    public BackbonePreprocessing? Preprocessing { get; set; }

    /// <summary>Gets or sets the published weights that the file is, or was unpacked from.</summary>
    /// <value>The default is the entry with the file's checksum, if there is one.</value>
    public CatalogEntry? Entry { get; set; }

    internal BackboneImportOptions Copy() => (BackboneImportOptions)MemberwiseClone();
}
