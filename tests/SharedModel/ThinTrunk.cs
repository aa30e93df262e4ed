using InceptionMl.Networks.Graph;
using InceptionMl.Networks.Onnx;

namespace InceptionMl.TestSupport;

/// <summary>Inception V3 as TensorFlow published it in 2015, but a block at each scale and few filters: 299 x 299 down to 8 x 8, in a file of kilobytes.</summary>
internal static class ThinTrunk
{
    public const string Name = "inception-v3-thin";

    private const int Width = 44;

    /// <summary>The network as ONNX.</summary>
    public static byte[] ToBytes()
    {
        NetworkBuilder network = new(Name, TensorShape.Map(299, 299, 3), ConvolutionUnit.BatchNormalized(gamma: false));
        LayerOutput x = network.Image
            .Conv("conv", 4, 3, stride: 2, Padding.Valid)
            .Conv("conv_1", 4, 3, stride: 1, Padding.Valid)
            .Conv("conv_2", 8, 3)
            .MaxPool("pool", 3, stride: 2, Padding.Valid)
            .Conv("conv_3", 8, 1)
            .Conv("conv_4", 12, 3, stride: 1, Padding.Valid)
            .MaxPool("pool_1", 3, stride: 2, Padding.Valid)
            .Inception(
                "mixed",
                b => b.Conv("conv", 8, 1),
                b => b.Conv("tower_conv", 6, 1).Conv("tower_conv_1", 8, 5),
                b => b.AveragePool("pool", 3, countPadding: false).Conv("tower_1_conv", 4, 1))
            .Inception(
                "mixed_3",
                b => b.Conv("conv", 12, 3, stride: 2, Padding.Valid),
                b => b.MaxPool("pool", 3, stride: 2, Padding.Valid))
            .Inception(
                "mixed_4",
                b => b.Conv("tower_conv", 8, 1).Conv("tower_conv_1", 8, (1, 7)).Conv("tower_conv_2", 12, (7, 1)),
                b => b.AveragePool("pool", 3, countPadding: false).Conv("tower_1_conv", 8, 1))
            .Inception(
                "mixed_8",
                b => b.Conv("conv", 12, 3, stride: 2, Padding.Valid),
                b => b.MaxPool("pool", 3, stride: 2, Padding.Valid))
            .Inception(
                "mixed_9",
                b => b.Conv("conv", 16, 1),
                b => b.Conv("tower_conv", 8, 1).Inception("tower", c => c.Conv("conv_1", 10, (1, 3)), c => c.Conv("conv_2", 10, (3, 1))),
                b => b.AveragePool("pool", 3, countPadding: false).Conv("tower_1_conv", 8, 1));
        return OnnxWriter.ToBytes(network.Build(x.Then("pool_3", new GlobalAveragePool())), new FormulaWeights());
    }

    /// <summary>Writes the network and its card into a folder, and returns the network's path.</summary>
    public static string Write(TemporaryFolder folder)
    {
        string scale = "0.0078125";
        folder.Write($"{Name}.json", System.Text.Encoding.UTF8.GetBytes($$"""
            {
              "name": "{{Name}}",
              "version": "1",
              "input": { "tensor": "image", "width": 299, "height": 299, "channels": "RGB", "offset": [128, 128, 128], "scale": [{{scale}}, {{scale}}, {{scale}}] },
              "outputs": { "features": { "tensor": "features", "width": {{Width}} }, "featureMap": { "tensor": "feature_map", "channels": {{Width}} } }
            }
            """));
        return folder.Write($"{Name}.onnx", ToBytes());
    }
}
