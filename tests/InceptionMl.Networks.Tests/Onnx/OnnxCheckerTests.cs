using InceptionMl.Networks.Architectures;
using InceptionMl.Networks.Graph;
using InceptionMl.Networks.Onnx;
using InceptionMl.Networks.Weights;
using InceptionMl.TestSupport;

namespace InceptionMl.Networks.Tests.Onnx;

[Trait("Category", "Slow")]
public sealed class OnnxCheckerTests
{
    [Fact]
    public void Every_network_in_every_form_passes_the_formats_own_checker()
    {
        string python = Python.WithOrSkip("onnx");
        using TemporaryFolder folder = new();
        List<string> models = [];
        foreach (string name in NetworkCatalog.Names)
        {
            Network network = NetworkCatalog.Find(name)!;
            Write(network, "", new OnnxEmission { Logits = network.Logits is not null });
        }

        Network compact = InceptionCompact.Create();
        Write(compact, "-kept", new OnnxEmission { FoldBatchNormalization = false });
        Write(compact, "-bound", new OnnxEmission { ImageSize = 64 });
        Write(compact, "-layers", new OnnxEmission { Layers = [.. compact.Layers.Select(layer => layer.Name)] });
        Write(InceptionV3.Create(WeightOrigin.Torchvision), "-padded", new OnnxEmission { ExplicitPadding = true });

        string script = Workspace.At("tests", "InceptionMl.Networks.Tests", "Goldens", "check_models.py");
        (int status, string output) = Python.Run(python, [script, .. models]);

        Assert.True(status == 0, output);
        Assert.All(models, model => Assert.Contains(model, output));

        void Write(Network network, string form, OnnxEmission emission)
        {
            models.Add(folder.At($"{network.Name}{form}.onnx"));
            OnnxWriter.Write(network, new Zeros(), models[^1], emission);
        }
    }

    // The checker reads no values.
    private sealed class Zeros : IWeights
    {
        public ReadOnlyMemory<float> Values(Parameter parameter) => new float[parameter.Count];
    }
}
