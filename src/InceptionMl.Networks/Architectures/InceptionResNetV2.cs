using InceptionMl.Networks.Graph;

namespace InceptionMl.Networks.Architectures;

/// <summary>
/// Inception-ResNet V2: Szegedy et al. 2016, "Inception-v4, Inception-ResNet and the impact of residual connections on
/// learning", in the form Keras and TF-slim published. 55,873,736 parameters with 1,000 classes, 55,813,192 of them trainable.
/// </summary>
internal static class InceptionResNetV2
{
    /// <summary>The network. Average pools leave the padding out of the mean, in Keras, TF-slim and timm.</summary>
    /// <param name="classes">Outputs of the classifier: 1,000, or 1,001 for TF-slim's weights.</param>
    /// <param name="gamma">Whether batch normalization scales: timm's does, Keras' and TF-slim's do not.</param>
    public static Network Create(int classes = 1000, bool gamma = false)
    {
        NetworkBuilder net = new("inception-resnet-v2", TensorShape.Map(299, 299, 3), ConvolutionUnit.BatchNormalized(gamma));

        LayerOutput x = net.Image
            .Conv("conv_1a", 32, 3, stride: 2, Padding.Valid)          // 149 x 149 x 32
            .Conv("conv_2a", 32, 3, stride: 1, Padding.Valid)          // 147 x 147 x 32
            .Conv("conv_2b", 64, 3)                                    // 147 x 147 x 64
            .MaxPool("pool_3a", 3, stride: 2, Padding.Valid)           // 73 x 73 x 64
            .Conv("conv_3b", 80, 1)                                    // 73 x 73 x 80
            .Conv("conv_4a", 192, 3, stride: 1, Padding.Valid)         // 71 x 71 x 192
            .MaxPool("pool_5a", 3, stride: 2, Padding.Valid);          // 35 x 35 x 192

        x = Mixed5b(x);                                                // 35 x 35 x 320
        for (int i = 1; i <= 10; i++)
        {
            x = Block35(x, $"block35_{i}");                            // 35 x 35 x 320
        }

        x = Mixed6a(x);                                                // 17 x 17 x 1088
        for (int i = 1; i <= 20; i++)
        {
            x = Block17(x, $"block17_{i}");                            // 17 x 17 x 1088
        }

        x = Mixed7a(x);                                                // 8 x 8 x 2080
        for (int i = 1; i <= 9; i++)
        {
            x = Block8(x, $"block8_{i}", scale: 0.2f).Then($"block8_{i}/relu", new Relu());   // 8 x 8 x 2080
        }

        x = Block8(x, "block8_10", scale: 1);                          // 8 x 8 x 2080, without ReLU
        x = x.Conv("conv_7b", 1536, 1);                                // 8 x 8 x 1536

        LayerOutput features = x.Then("avg_pool", new GlobalAveragePool());   // 1536
        return net.Build(features, features.Then("predictions", new Dense(classes)));
    }

    private static LayerOutput Mixed5b(LayerOutput x) => x.Inception(
        "mixed_5b",
        b => b.Conv("1x1", 96, 1),
        b => b.Conv("5x5_reduce", 48, 1).Conv("5x5", 64, 5),
        b => b.Conv("double_3x3_reduce", 64, 1).Conv("double_3x3_a", 96, 3).Conv("double_3x3_b", 96, 3),
        b => b.AveragePool("pool", 3, countPadding: false).Conv("pool_proj", 64, 1));

    // Figure 16.
    private static LayerOutput Block35(LayerOutput x, string name) => x.Block(name, b => b
        .Residual(0.17f, r => r
            .Branches(
                c => c.Conv("1x1", 32, 1),
                c => c.Conv("3x3_reduce", 32, 1).Conv("3x3", 32, 3),
                c => c.Conv("double_3x3_reduce", 32, 1).Conv("double_3x3_a", 48, 3).Conv("double_3x3_b", 64, 3))
            .Then("up", UpProjection(320)))
        .Then("relu", new Relu()));

    // Figure 7 with k = 256, l = 256, m = 384, n = 384.
    private static LayerOutput Mixed6a(LayerOutput x) => x.Inception(
        "mixed_6a",
        b => b.Conv("3x3", 384, 3, stride: 2, Padding.Valid),
        b => b.Conv("double_3x3_reduce", 256, 1).Conv("double_3x3_a", 256, 3).Conv("double_3x3_b", 384, 3, stride: 2, Padding.Valid),
        b => b.MaxPool("pool", 3, stride: 2, Padding.Valid));

    // Figure 17.
    private static LayerOutput Block17(LayerOutput x, string name) => x.Block(name, b => b
        .Residual(0.1f, r => r
            .Branches(
                c => c.Conv("1x1", 192, 1),
                c => c.Conv("7x7_reduce", 128, 1).Conv("7x7_a", 160, (1, 7)).Conv("7x7_b", 192, (7, 1)))
            .Then("up", UpProjection(1088)))
        .Then("relu", new Relu()));

    // Figure 18.
    private static LayerOutput Mixed7a(LayerOutput x) => x.Inception(
        "mixed_7a",
        b => b.Conv("3x3_first_reduce", 256, 1).Conv("3x3_first", 384, 3, stride: 2, Padding.Valid),
        b => b.Conv("3x3_second_reduce", 256, 1).Conv("3x3_second", 288, 3, stride: 2, Padding.Valid),
        b => b.Conv("double_3x3_reduce", 256, 1).Conv("double_3x3_a", 288, 3).Conv("double_3x3_b", 320, 3, stride: 2, Padding.Valid),
        b => b.MaxPool("pool", 3, stride: 2, Padding.Valid));

    // Figure 19.
    private static LayerOutput Block8(LayerOutput x, string name, float scale) => x.Block(name, b => b
        .Residual(scale, r => r
            .Branches(
                c => c.Conv("1x1", 192, 1),
                c => c.Conv("3x3_reduce", 192, 1).Conv("3x3_a", 224, (1, 3)).Conv("3x3_b", 256, (3, 1)))
            .Then("up", UpProjection(2080))));

    // Back to the width of the residual, with a bias and nothing after it.
    private static Convolution UpProjection(int filters) => new(filters, Window.Create(1), Bias: true);
}
