using CsCheck;
using InceptionMl.Networks.Graph;
using InceptionMl.Networks.Onnx;
using InceptionMl.Networks.Weights;
using InceptionMl.TestSupport;

namespace InceptionMl.Networks.Tests.Onnx;

/// <summary>Random graphs of the same layers: shape inference, the emitter and ONNX Runtime agree on every shape.</summary>
public sealed class RandomNetworkTests
{
    private static readonly Extent[] Kernels = [1, 2, 3, 5, (1, 7), (7, 1), (1, 3), (3, 1)];

    private static readonly Gen<Step> Steps = Gen.Select(Gen.Int[0, 9], Gen.Int[1, 8], Gen.Int[0, 7], Gen.Int[1, 3], Gen.Bool)
        .Select((kind, filters, kernel, stride, flag) => new Step(kind, filters, Kernels[kernel], stride, flag));

    private static readonly Gen<Plan> Plans = Gen.Select(
            Gen.Int[1, 4], Gen.Int[5, 40], Gen.Int[5, 40], Gen.Int[0, 2], Gen.Bool, Steps.Array[1, 7])
        .Select((channels, height, width, unit, fold, steps) => new Plan(channels, (height, width), unit, fold, steps));

    [Fact]
    public void Inference_emitter_and_runtime_agree_on_every_shape() => Plans.Sample(Check, iter: 150, threads: 1);

    private static void Check(Plan plan)
    {
        Network network = Build(plan);
        OnnxEmission emission = new()
        {
            FoldBatchNormalization = plan.Fold,
            Logits = true,
            Layers = [.. network.Layers.Select(layer => layer.Name)],
        };
        byte[] model = OnnxWriter.ToBytes(network, new FormulaWeights(), emission);

        // The size it was built for, and a larger one with another remainder at every stride.
        CheckShapes(network, model, plan.Image, batch: 1);
        CheckShapes(network, model, (plan.Image.Height + 3, plan.Image.Width + 8), batch: 2);
    }

    private static void CheckShapes(Network network, byte[] model, Extent image, int batch)
    {
        NetworkSummary summary = network.At(image);
        int channels = network.Image.Channels;
        float[] values = FormulaWeights.Fill("image", checked((int)(batch * channels * image.Area)));
        IReadOnlyDictionary<string, OnnxRun.Output> outputs = OnnxRun.Run(model, values, batch, channels, image.Height, image.Width);

        foreach ((string name, OnnxRun.Output output) in outputs)
        {
            TensorShape expected = summary[LayerBehind(network, name)].Output;
            long[] shape = expected.Size is { } size ? [batch, expected.Channels, size.Height, size.Width] : [batch, expected.Channels];
            Assert.Equal(shape, output.Shape);
        }

        HashSet<string> seen = [.. outputs.Keys.Select(output => LayerBehind(network, output))];
        Assert.All(
            network.Layers.Where(layer => !seen.Contains(layer.Name)),
            layer => Assert.True(layer.Operation is ImageInput || IsFoldedAway(network, layer), $"{layer.Name} was not seen"));
    }

    private static bool IsFoldedAway(Network network, Layer layer) =>
        layer.Operation is Convolution && network.Consumers(layer) is [{ Operation: BatchNormalization }];

    private static string LayerBehind(Network network, string output) => output switch
    {
        "feature_map" => network.FeatureMap.Name,
        "features" => network.Features.Name,
        "logits" => network.Logits!.Name,
        _ => output,
    };

    private static Network Build(Plan plan)
    {
        ConvolutionUnit unit = plan.Unit == 0 ? ConvolutionUnit.Biased : ConvolutionUnit.BatchNormalized(gamma: plan.Unit == 1);
        NetworkBuilder net = new("random", TensorShape.Map(plan.Image, plan.Channels), unit);
        LayerOutput x = net.Image;
        for (int i = 0; i < plan.Steps.Length; i++)
        {
            x = Add(x, $"step{i}", plan.Steps[i]);
        }

        LayerOutput features = x.Then("features_pool", new GlobalAveragePool());
        return net.Build(features, features.Then("classifier", new Dense(5)));
    }

    private static LayerOutput Add(LayerOutput x, string name, Step step)
    {
        Extent size = x.Shape.Size!.Value;
        bool fits = size.Height >= 7 && size.Width >= 7;
        bool odd = step.Kernel.Height % 2 == 1 && step.Kernel.Width % 2 == 1;
        Padding padding = odd && (step.Flag || !fits) ? Padding.Same : Padding.Valid;
        Extent kernel = fits || odd ? step.Kernel : 1;
        return step.Kind switch
        {
            0 or 1 => x.Conv(name, step.Filters, kernel, step.Stride, padding),
            2 => x.MaxPool(name, kernel, step.Stride, padding, ceil: step.Filters > 4),
            3 => x.AveragePool(name, 3, countPadding: step.Flag),
            4 => x.Then(name, new LocalResponseNormalization(5, 1e-4f, 0.75f, 1)),
            5 => x.Then(name, new BatchNormalization(1e-3f, step.Flag)),
            6 => x.Inception(
                name,
                b => b.Conv("1x1", step.Filters, 1),
                b => b.Conv("reduce", 2, 1).Conv("wide", step.Filters, odd ? kernel : 3),
                b => b.MaxPool("pool", 3, 1, Padding.Same).Conv("pool_proj", 3, 1)),
            7 when fits => x.Inception(
                name,
                b => b.Conv("3x3", step.Filters, 3, stride: 2, Padding.Valid),
                b => b.MaxPool("pool", 3, stride: 2, Padding.Valid)),
            8 => x.Block(name, b => b.Residual(
                step.Flag ? 0.2f : 1,
                r => r.Conv("3x3", step.Filters, 3).Then("up", new Convolution(x.Shape.Channels, Window.Create(1), Bias: step.Filters > 4)))),
            _ => x.Then(name, new Relu()),
        };
    }

    private sealed record Step(int Kind, int Filters, Extent Kernel, int Stride, bool Flag);

    private sealed record Plan(int Channels, Extent Image, int Unit, bool Fold, Step[] Steps)
    {
        public override string ToString() => $"{Image}, {Channels} channels, unit {Unit}, fold {Fold}: {string.Join("; ", (object[])Steps)}";
    }
}
