using InceptionMl.Backbones.Importing;
using InceptionMl.Backbones.Internal;
using InceptionMl.Models;
using InceptionMl.Networks.Weights;
using InceptionMl.TestSupport;
using Microsoft.ML.OnnxRuntime;

namespace InceptionMl.Backbones.Tests.Importing;

public sealed class BackboneImportTests : IDisposable
{
    private readonly ImportScene scene = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => scene.Dispose();

    [Fact]
    public async Task A_graph_that_decodes_pictures_states_its_own_preparation()
    {
        ImportedBackbone imported = await scene.ImportAsync(ImportScene.Graph("classify_image.pb"));

        BackboneInput input = imported.Card.Input;
        Assert.Equal(("classify_image", 35, 35, "RGB"), (imported.Card.Name, input.Width, input.Height, input.Channels));
        Assert.Equal([0, 0, 0], input.Offset);
        Assert.Equal([1, 1, 1], input.Scale);
        Assert.Contains("DecodeJpeg", imported.CutOff.Select(node => node.Operator));
        Assert.Equal(["Sub", "Mul"], imported.ImageArithmetic.Select(node => node.Operator));
        Assert.Equal("pool_3", imported.FeaturesTensor);
        Assert.Equal("TensorFlow graph", imported.Form);
        Assert.Contains("classify_image.pb", imported.Card.Provenance, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("slim.pb")]
    [InlineData("residual.meta")]
    public async Task A_file_whose_preparation_is_not_known_demands_it(string file)
    {
        BackboneException refused = await Assert.ThrowsAsync<BackboneException>(() => scene.ImportAsync(ImportScene.Graph(file)));

        Assert.StartsWith(ImportScene.Graph(file), refused.Message, StringComparison.Ordinal);
        Assert.Equal(BackboneErrorReason.NoPreprocessing, refused.Reason);
    }

    [Fact]
    public async Task A_stored_backbone_is_used_by_its_name_and_training_never_sees_its_classifier()
    {
        BackbonePreprocessing preprocessing = ImportScene.Preprocessing with { CropFraction = 0.8, Channels = "BGR" };
        ImportedBackbone imported = await scene.ImportAsync(
            ImportScene.Graph("inception5h.pb"), new BackboneImportOptions { Name = "old", Network = "inception-v1", Preprocessing = preprocessing });

        Backbone backbone = Backbone.Open("old", new BackboneOptions { Store = scene.Store });

        Assert.Equal((imported.Card.Sha256, "inception-v1"), (backbone.Card.Sha256, backbone.Card.Network));
        Assert.Equal((40, 40, "BGR"), (backbone.Preprocessing.Width, backbone.Preprocessing.Height, backbone.Card.Input.Channels));
        Assert.NotNull(backbone.Card.Outputs.Logits);
        using InferenceSession stored = new(imported.Stored.OnnxPath);
        using InferenceSession trained = new(backbone.Network.ToArray());
        Assert.Equal(["feature_map", "features", "logits"], stored.OutputNames.Order());
        Assert.Equal(["feature_map", "features"], trained.OutputNames.Order());
    }

    [Fact]
    public async Task What_no_output_of_the_training_network_needs_is_not_in_it()
    {
        await scene.ImportAsync(ImportScene.Graph("classify_image.pb"));
        ImportedBackbone imported = await scene.ImportAsync(ImportScene.Graph("classify_image.pb"), new BackboneImportOptions { Name = "again" });

        byte[] network = Backbone.Open("again", new BackboneOptions { Store = scene.Store }).Network.ToArray();

        string stored = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(imported.Stored.OnnxPath, Cancellation));
        Assert.Contains("softmax/logits", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("softmax/logits", System.Text.Encoding.Latin1.GetString(network), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_onnx_file_is_told_by_its_content_and_computes_what_it_did()
    {
        string named = scene.Folder.Write("weights.h5", await File.ReadAllBytesAsync(ImportScene.Onnx, Cancellation));
        BackbonePreprocessing preprocessing = new(64, 96, [127.5, 127.5, 127.5], [1 / 127.5, 1 / 127.5, 1 / 127.5], "RGB");

        ImportedBackbone imported = await scene.ImportAsync(named, new BackboneImportOptions { Name = "compact", Preprocessing = preprocessing });

        Assert.Equal(("ONNX model", 576, 576), (imported.Form, imported.Card.Outputs.Features.Width, imported.Card.Outputs.FeatureMap!.Channels));
        Assert.Null(imported.Card.Outputs.Logits);
        float[] image = FormulaWeights.Fill("image", 2 * 3 * 96 * 64);
        Assert.Equal(Run(ImportScene.Onnx, image), Run(imported.Stored.OnnxPath, image));
    }

    [Fact]
    public async Task A_map_asked_for_as_features_is_averaged()
    {
        BackbonePreprocessing preprocessing = new(64, 64, [127.5, 127.5, 127.5], [1 / 127.5, 1 / 127.5, 1 / 127.5], "RGB");

        ImportedBackbone imported = await scene.ImportAsync(
            ImportScene.Onnx, new BackboneImportOptions { Name = "compact", FeaturesTensor = "feature_map", Preprocessing = preprocessing });

        float[] image = FormulaWeights.Fill("image", 2 * 3 * 64 * 64);
        float[] expected = Run(ImportScene.Onnx, image, 64);
        float[] actual = Run(imported.Stored.OnnxPath, image, 64);
        Assert.Equal(576, imported.Card.Outputs.FeatureMap!.Channels);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    [Fact]
    public async Task What_cannot_be_imported_is_one_sentence_and_nothing_is_stored()
    {
        async Task Refused(string expected, string path, BackboneImportOptions? options = null) =>
            Assert.Contains(expected, await scene.RefusalAsync(path, options), StringComparison.Ordinal);

        await Refused("does not exist", scene.Folder.At("none.h5"));
        await Refused("is a folder", scene.Folder.Path);
        await Refused("holds nothing", scene.Folder.Write("empty.h5", []));
        await Refused("none of the forms", scene.Folder.Write("text.onnx", "Hello, I am no network."u8.ToArray()));
        await Refused("unpack it first", scene.Folder.Write("frozen.pb.tar.gz", [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]));
        await Refused("is not an ONNX model", scene.Folder.Write("eight.onnx", [8, 7, 0xFF, 0xFF]));
        await Refused("named as those of none", ImportScene.Weights("PyTorch/Goldens/small-zip.pth"));
        await Refused("named as those of none", ImportScene.Weights("Keras/Goldens/keras3.keras"));
        await Refused("no tensor 'x' to choose", ImportScene.Weights("Keras/Goldens/keras3.keras"), new BackboneImportOptions { FeaturesTensor = "x" });
        await Refused("computes no tensor 'x'", ImportScene.Onnx, new BackboneImportOptions { Preprocessing = ImportScene.Preprocessing, Name = "mine", FeaturesTensor = "x" });
        await Refused("'x'", ImportScene.Graph("slim.pb"), new BackboneImportOptions { Preprocessing = ImportScene.Preprocessing, FeaturesTensor = "x" });
        string decoding = ImportScene.Graph("classify_image.pb");
        await Refused("embedded backbone's name", decoding, new BackboneImportOptions { Name = "Inception-Compact" });
        await Refused("cannot name a backbone", decoding, new BackboneImportOptions { Name = "../x" });
        await Refused("input.scale", decoding, new BackboneImportOptions { Preprocessing = ImportScene.Preprocessing with { Scale = [0, 0, 0] } });
        await Refused("input.width", decoding, new BackboneImportOptions { Preprocessing = ImportScene.Preprocessing with { Width = 1 << 30 } });
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing_and_another_under_its_name_is_refused()
    {
        ImportedBackbone first = await scene.ImportAsync(ImportScene.Graph("classify_image.pb"));
        ImportedBackbone second = await scene.ImportAsync(ImportScene.Graph("classify_image.pb"));

        BackboneException refused = await Assert.ThrowsAsync<BackboneException>(() => scene.ImportAsync(
            ImportScene.Graph("inception5h.pb"), new BackboneImportOptions { Name = "classify_image", Preprocessing = ImportScene.Preprocessing }));

        Assert.Equal(first.Card.Sha256, second.Card.Sha256);
        Assert.Contains("already has a backbone 'classify_image'", refused.Message, StringComparison.Ordinal);
        Assert.Equal(first.Card.Sha256, (await scene.Store.VerifyAsync("classify_image", Cancellation)).Card!.Sha256);
    }

    [Theory]
    [InlineData("classify_image.pb", 35)]
    [InlineData("inception5h.pb", 32)]
    public async Task A_graph_that_takes_too_long_is_one_sentence_and_nothing_is_stored(string graph, int side)
    {
        BackboneImportOptions options = new() { Preprocessing = ImportScene.Preprocessing with { Width = side, Height = side } };
        BackboneImport impatient = new(scene.Store, new TimeThatIsOver());

        BackboneException refused = await Assert.ThrowsAsync<BackboneException>(
            () => impatient.ImportAsync(ImportScene.Graph(graph), options, Cancellation));

        Assert.EndsWith("does not compute one picture's features within 60 s: it is no network to train with.", refused.Message, StringComparison.Ordinal);
        Assert.Empty(scene.Store.List());
    }

    [Fact]
    public async Task An_interrupted_import_leaves_the_store_as_it_was()
    {
        using CancellationTokenSource interrupt = new();
        await interrupt.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new BackboneImport(scene.Store).ImportAsync(ImportScene.Graph("classify_image.pb"), null, interrupt.Token));

        Assert.Empty(scene.Store.List());
    }

    [Theory]
    [InlineData("model.weights.h5", "model")]
    [InlineData("My Net (2).pth", "My-Net--2")]
    [InlineData("über.onnx", "ber")]
    [InlineData(".h5", "imported")]
    [InlineData("plain", "plain")]
    public void A_name_is_made_of_the_files(string file, string name)
    {
        Assert.Equal(name, DerivedName.From(Path.Combine("folder", file)));
        Assert.True(BackboneName.IsValid(name));
    }

    [Fact]
    public void A_name_that_is_nowhere_says_where_it_was_looked_for()
    {
        BackboneException Refused(string name) => Assert.Throws<BackboneException>(() => Backbone.Open(name, new BackboneOptions { Store = scene.Store }));
        string Refusal(string name) => Refused(name).Message;

        Assert.Equal((BackboneErrorReason.NotPulled, "inception-v3"), (Refused("inception-v3").Reason, Refused("inception-v3").PublishedName));
        Assert.Contains(scene.Store.Folder, Refusal("mine"), StringComparison.Ordinal);
        Assert.Contains("nor a file that exists", Refusal("../mine.onnx"), StringComparison.Ordinal);
    }

    /// <summary>A clock by which every wait is over when it begins.</summary>
    private sealed class TimeThatIsOver : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            callback(state);
            return System.CreateTimer(_ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    private static float[] Run(string onnx, float[] image, int height = 96)
    {
        using InferenceSession session = new(onnx);
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(image, [2, 3, height, 64]);
        using RunOptions options = new();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, session.InputNames, [input], ["features"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
