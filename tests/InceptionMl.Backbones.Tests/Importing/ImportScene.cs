using InceptionMl.Backbones.Importing;
using InceptionMl.TestSupport;

namespace InceptionMl.Backbones.Tests.Importing;

/// <summary>A store of its own, and the small weight files that the readers' tests have.</summary>
internal sealed class ImportScene : IDisposable
{
    public ImportScene() => Store = new BackboneStore(Folder.At("store"));

    public TemporaryFolder Folder { get; } = new();

    public BackboneStore Store { get; }

    /// <summary>How the small graphs without a size of their own are fed here.</summary>
    public static BackbonePreprocessing Preprocessing { get; } = new(32, 32, [117, 117, 117], [1, 1, 1], "RGB");

    public static string Graph(string file) => Workspace.At("tests", "InceptionMl.Networks.Tests", "TensorFlow", "Goldens", file);

    public static string Weights(string file) => Workspace.At("tests", "InceptionMl.Networks.Tests", "Weights", file);

    /// <summary>An ONNX file that holds a network: the embedded backbone's.</summary>
    public static string Onnx { get; } = Workspace.At("src", "InceptionMl.Backbones", "Embedded", "inception-compact.onnx");

    public void Dispose() => Folder.Dispose();

    public Task<ImportedBackbone> ImportAsync(string path, BackboneImportOptions? options = null) =>
        new BackboneImport(Store).ImportAsync(path, options, TestContext.Current.CancellationToken);

    /// <summary>What an import is refused with; the store is as empty as before.</summary>
    public async Task<string> RefusalAsync(string path, BackboneImportOptions? options = null)
    {
        InceptionMlException refused = await Assert.ThrowsAnyAsync<InceptionMlException>(() => ImportAsync(path, options));
        Assert.Empty(Store.List());
        return refused.Message;
    }
}
