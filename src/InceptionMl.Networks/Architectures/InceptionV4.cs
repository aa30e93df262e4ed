using InceptionMl.Networks.Graph;

namespace InceptionMl.Networks.Architectures;

/// <summary>
/// Inception V4: Szegedy et al. 2016, "Inception-v4, Inception-ResNet and the impact of residual connections on learning",
/// figures 3 to 9. With gamma and 1,000 classes it has timm's 42,679,816 parameters, which is PyTorch's count: trainable ones.
/// </summary>
internal static class InceptionV4
{
    /// <summary>The network. Average pools leave the padding out of the mean, in TF-slim and in timm.</summary>
    /// <param name="classes">Outputs of the classifier: 1,000 as in timm, 1,001 for TF-slim's weights.</param>
    /// <param name="gamma">Whether batch normalization scales: timm's does, TF-slim's does not.</param>
    public static Network Create(int classes = 1000, bool gamma = true)
    {
        NetworkBuilder net = new("inception-v4", TensorShape.Map(299, 299, 3), ConvolutionUnit.BatchNormalized(gamma));

        LayerOutput x = net.Image
            .Conv("conv_1a", 32, 3, stride: 2, Padding.Valid)          // 149 x 149 x 32
            .Conv("conv_2a", 32, 3, stride: 1, Padding.Valid)          // 147 x 147 x 32
            .Conv("conv_2b", 64, 3);                                   // 147 x 147 x 64

        x = Stem(x);                                                   // 35 x 35 x 384
        x = BlockA(x, "mixed_5b");                                     // 35 x 35 x 384
        x = BlockA(x, "mixed_5c");                                     // 35 x 35 x 384
        x = BlockA(x, "mixed_5d");                                     // 35 x 35 x 384
        x = BlockA(x, "mixed_5e");                                     // 35 x 35 x 384
        x = ReductionA(x, "mixed_6a");                                 // 17 x 17 x 1024
        x = BlockB(x, "mixed_6b");                                     // 17 x 17 x 1024
        x = BlockB(x, "mixed_6c");                                     // 17 x 17 x 1024
        x = BlockB(x, "mixed_6d");                                     // 17 x 17 x 1024
        x = BlockB(x, "mixed_6e");                                     // 17 x 17 x 1024
        x = BlockB(x, "mixed_6f");                                     // 17 x 17 x 1024
        x = BlockB(x, "mixed_6g");                                     // 17 x 17 x 1024
        x = BlockB(x, "mixed_6h");                                     // 17 x 17 x 1024
        x = ReductionB(x, "mixed_7a");                                 // 8 x 8 x 1536
        x = BlockC(x, "mixed_7b");                                     // 8 x 8 x 1536
        x = BlockC(x, "mixed_7c");                                     // 8 x 8 x 1536
        x = BlockC(x, "mixed_7d");                                     // 8 x 8 x 1536

        LayerOutput features = x.Then("avg_pool", new GlobalAveragePool());   // 1536
        return net.Build(features, features.Then("predictions", new Dense(classes)));
    }

    // Figure 3, its upper half.
    private static LayerOutput Stem(LayerOutput x) => x
        .Inception(                                                    // 73 x 73 x 160
            "mixed_3a",
            b => b.MaxPool("pool", 3, stride: 2, Padding.Valid),
            b => b.Conv("3x3", 96, 3, stride: 2, Padding.Valid))
        .Inception(                                                    // 71 x 71 x 192
            "mixed_4a",
            b => b.Conv("3x3_reduce", 64, 1).Conv("3x3", 96, 3, stride: 1, Padding.Valid),
            b => b.Conv("7x7_reduce", 64, 1).Conv("7x7_a", 64, (1, 7)).Conv("7x7_b", 64, (7, 1))
                .Conv("7x7_c", 96, 3, stride: 1, Padding.Valid))
        .Inception(                                                    // 35 x 35 x 384
            "mixed_5a",
            b => b.Conv("3x3", 192, 3, stride: 2, Padding.Valid),
            b => b.MaxPool("pool", 3, stride: 2, Padding.Valid));

    // Figure 4.
    private static LayerOutput BlockA(LayerOutput x, string name) => x.Inception(
        name,
        b => b.Conv("1x1", 96, 1),
        b => b.Conv("3x3_reduce", 64, 1).Conv("3x3", 96, 3),
        b => b.Conv("double_3x3_reduce", 64, 1).Conv("double_3x3_a", 96, 3).Conv("double_3x3_b", 96, 3),
        b => b.AveragePool("pool", 3, countPadding: false).Conv("pool_proj", 96, 1));

    // Figure 7 with k = 192, l = 224, m = 256, n = 384.
    private static LayerOutput ReductionA(LayerOutput x, string name) => x.Inception(
        name,
        b => b.Conv("3x3", 384, 3, stride: 2, Padding.Valid),
        b => b.Conv("double_3x3_reduce", 192, 1).Conv("double_3x3_a", 224, 3).Conv("double_3x3_b", 256, 3, stride: 2, Padding.Valid),
        b => b.MaxPool("pool", 3, stride: 2, Padding.Valid));

    // Figure 5.
    private static LayerOutput BlockB(LayerOutput x, string name) => x.Inception(
        name,
        b => b.Conv("1x1", 384, 1),
        b => b.Conv("7x7_reduce", 192, 1).Conv("7x7_a", 224, (1, 7)).Conv("7x7_b", 256, (7, 1)),
        b => b.Conv("double_7x7_reduce", 192, 1)
            .Conv("double_7x7_a", 192, (7, 1)).Conv("double_7x7_b", 224, (1, 7))
            .Conv("double_7x7_c", 224, (7, 1)).Conv("double_7x7_d", 256, (1, 7)),
        b => b.AveragePool("pool", 3, countPadding: false).Conv("pool_proj", 128, 1));

    // Figure 8.
    private static LayerOutput ReductionB(LayerOutput x, string name) => x.Inception(
        name,
        b => b.Conv("3x3_reduce", 192, 1).Conv("3x3", 192, 3, stride: 2, Padding.Valid),
        b => b.Conv("7x7_reduce", 256, 1).Conv("7x7_a", 256, (1, 7)).Conv("7x7_b", 320, (7, 1))
            .Conv("7x7_c", 320, 3, stride: 2, Padding.Valid),
        b => b.MaxPool("pool", 3, stride: 2, Padding.Valid));

    // Figure 6.
    private static LayerOutput BlockC(LayerOutput x, string name) => x.Inception(
        name,
        b => b.Conv("1x1", 256, 1),
        b => b.Conv("3x3_reduce", 384, 1).Inception(
            "3x3",
            c => c.Conv("1x3", 256, (1, 3)),
            c => c.Conv("3x1", 256, (3, 1))),
        b => b.Conv("double_3x3_reduce", 384, 1).Conv("double_3x3_a", 448, (3, 1)).Conv("double_3x3_b", 512, (1, 3)).Inception(
            "double_3x3_c",
            c => c.Conv("1x3", 256, (1, 3)),
            c => c.Conv("3x1", 256, (3, 1))),
        b => b.AveragePool("pool", 3, countPadding: false).Conv("pool_proj", 256, 1));
}
