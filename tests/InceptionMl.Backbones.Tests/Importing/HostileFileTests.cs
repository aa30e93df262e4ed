using InceptionMl.Backbones.Importing;
using InceptionMl.TestSupport;

namespace InceptionMl.Backbones.Tests.Importing;

/// <summary>Files somebody has tampered with: imported whole or refused, and nothing between.</summary>
public sealed class HostileFileTests : IDisposable
{
    private const int Files = 150;

    private readonly ImportScene scene = new();

    public static TheoryData<string> Samples =>
    [
        ImportScene.Graph("classify_image.pb"),
        ImportScene.Graph("residual.meta"),
        ImportScene.Weights("Keras/Goldens/keras2-weights.h5"),
        ImportScene.Weights("Keras/Goldens/keras3.keras"),
        ImportScene.Weights("PyTorch/Goldens/small-zip.pth"),
        ImportScene.Weights("PyTorch/Goldens/small-legacy.pth"),
    ];

    public void Dispose() => scene.Dispose();

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Mutated_files_are_refused_or_whole(string sample)
    {
        byte[] whole = await File.ReadAllBytesAsync(sample, TestContext.Current.CancellationToken);
        await SweepAsync(whole, new BackboneImportOptions { Name = "mutated", Preprocessing = ImportScene.Preprocessing }, Files);
    }

    [Fact]
    public async Task Mutated_onnx_files_are_refused_or_whole()
    {
        // A network as the importer writes one: small, with a classifier, under ONNX Runtime's eyes.
        ImportedBackbone small = await scene.ImportAsync(ImportScene.Graph("classify_image.pb"));
        byte[] whole = await File.ReadAllBytesAsync(small.Stored.OnnxPath, TestContext.Current.CancellationToken);
        await scene.Store.RemoveAsync(small.Stored.Name, TestContext.Current.CancellationToken);

        await SweepAsync(whole, new BackboneImportOptions { Name = "mutated", Preprocessing = new BackbonePreprocessing(35, 35, [0, 0, 0], [1, 1, 1], "RGB") }, Files);
    }

    private async Task SweepAsync(byte[] whole, BackboneImportOptions options, int files)
    {
        Random random = new(20151211);
        string path = scene.Folder.At("mutated.bin");
        int refused = 0;
        for (int i = 0; i < files; i++)
        {
            await File.WriteAllBytesAsync(path, Mutation.Apply(whole, random), TestContext.Current.CancellationToken);
            try
            {
                ImportedBackbone imported = await scene.ImportAsync(path, options);
                await scene.Store.VerifyAsync(imported.Stored.Name, TestContext.Current.CancellationToken);
                Assert.NotNull(Backbone.Open(imported.Stored.Name, new BackboneOptions { Store = scene.Store }));
                await scene.Store.RemoveAsync(imported.Stored.Name, TestContext.Current.CancellationToken);
            }
            catch (BackboneException exception)
            {
                refused++;
                Assert.NotEmpty(exception.Message);
            }

            Assert.Empty(scene.Store.List());
        }

        Assert.True(refused > files / 20, $"only {refused} files were refused: is anything checked?");
    }
}
