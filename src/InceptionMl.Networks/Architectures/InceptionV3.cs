using InceptionMl.Networks.Graph;

namespace InceptionMl.Networks.Architectures;

/// <summary>
/// Inception V3: Szegedy et al. 2015, "Rethinking the Inception architecture for computer vision". 23,851,784 parameters with
/// 1,000 classes (23,817,352 trainable), 5.71 G multiply-adds at 299 x 299.
/// </summary>
/// <remarks>
/// Keras' names mixed0 to mixed10 are mixed_5b, 5c, 5d, 6a, 6b, 6c, 6d, 6e, 7a, 7b and 7c here. The convolution units stand in
/// the order in which Keras numbers them.
/// </remarks>
internal static class InceptionV3
{
    /// <summary>The network.</summary>
    /// <param name="origin">Whose weights it is for: the one switch between the two forms in use.</param>
    /// <param name="classes">Outputs of the classifier: 1,000, or 1,001 for TF-slim's weights.</param>
    public static Network Create(WeightOrigin origin = WeightOrigin.Keras, int classes = 1000)
    {
        bool torch = origin == WeightOrigin.Torchvision;
        NetworkBuilder net = new(
            torch ? "inception-v3-torchvision" : "inception-v3",
            TensorShape.Map(299, 299, 3),
            ConvolutionUnit.BatchNormalized(gamma: torch));

        LayerOutput x = net.Image
            .Conv("conv_1a", 32, 3, stride: 2, Padding.Valid)          // 149 x 149 x 32
            .Conv("conv_2a", 32, 3, stride: 1, Padding.Valid)          // 147 x 147 x 32
            .Conv("conv_2b", 64, 3)                                    // 147 x 147 x 64
            .MaxPool("pool_3a", 3, stride: 2, Padding.Valid)           // 73 x 73 x 64
            .Conv("conv_3b", 80, 1)                                    // 73 x 73 x 80
            .Conv("conv_4a", 192, 3, stride: 1, Padding.Valid)         // 71 x 71 x 192
            .MaxPool("pool_5a", 3, stride: 2, Padding.Valid);          // 35 x 35 x 192

        x = Block35(x, "mixed_5b", pool: 32, torch);                   // 35 x 35 x 256
        x = Block35(x, "mixed_5c", pool: 64, torch);                   // 35 x 35 x 288
        x = Block35(x, "mixed_5d", pool: 64, torch);                   // 35 x 35 x 288
        x = ReduceTo17(x, "mixed_6a");                                 // 17 x 17 x 768
        x = Block17(x, "mixed_6b", width: 128, torch);                 // 17 x 17 x 768
        x = Block17(x, "mixed_6c", width: 160, torch);                 // 17 x 17 x 768
        x = Block17(x, "mixed_6d", width: 160, torch);                 // 17 x 17 x 768
        x = Block17(x, "mixed_6e", width: 192, torch);                 // 17 x 17 x 768
        x = ReduceTo8(x, "mixed_7a");                                  // 8 x 8 x 1280
        x = Block8(x, "mixed_7b", torch);                              // 8 x 8 x 2048
        x = Block8(x, "mixed_7c", torch);                              // 8 x 8 x 2048

        LayerOutput features = x.Then("avg_pool", new GlobalAveragePool());   // 2048
        return net.Build(features, features.Then("predictions", new Dense(classes)));
    }

    // Figure 5, with one 5x5 kept.
    private static LayerOutput Block35(LayerOutput x, string name, int pool, bool countPadding) => x.Inception(
        name,
        b => b.Conv("1x1", 64, 1),
        b => b.Conv("5x5_reduce", 48, 1).Conv("5x5", 64, 5),
        b => b.Conv("double_3x3_reduce", 64, 1).Conv("double_3x3_a", 96, 3).Conv("double_3x3_b", 96, 3),
        b => b.AveragePool("pool", 3, countPadding).Conv("pool_proj", pool, 1));

    // Figure 10: convolution and pool side by side, so that halving the grid makes no narrow passage.
    private static LayerOutput ReduceTo17(LayerOutput x, string name) => x.Inception(
        name,
        b => b.Conv("3x3", 384, 3, stride: 2, Padding.Valid),
        b => b.Conv("double_3x3_reduce", 64, 1).Conv("double_3x3_a", 96, 3).Conv("double_3x3_b", 96, 3, stride: 2, Padding.Valid),
        b => b.MaxPool("pool", 3, stride: 2, Padding.Valid));

    // Figure 6: 7x7 kernels taken apart into 1x7 and 7x1.
    private static LayerOutput Block17(LayerOutput x, string name, int width, bool countPadding) => x.Inception(
        name,
        b => b.Conv("1x1", 192, 1),
        b => b.Conv("7x7_reduce", width, 1).Conv("7x7_a", width, (1, 7)).Conv("7x7_b", 192, (7, 1)),
        b => b.Conv("double_7x7_reduce", width, 1)
            .Conv("double_7x7_a", width, (7, 1)).Conv("double_7x7_b", width, (1, 7))
            .Conv("double_7x7_c", width, (7, 1)).Conv("double_7x7_d", 192, (1, 7)),
        b => b.AveragePool("pool", 3, countPadding).Conv("pool_proj", 192, 1));

    private static LayerOutput ReduceTo8(LayerOutput x, string name) => x.Inception(
        name,
        b => b.Conv("3x3_reduce", 192, 1).Conv("3x3", 320, 3, stride: 2, Padding.Valid),
        b => b.Conv("7x7_reduce", 192, 1).Conv("7x7_a", 192, (1, 7)).Conv("7x7_b", 192, (7, 1))
            .Conv("7x7_c", 192, 3, stride: 2, Padding.Valid),
        b => b.MaxPool("pool", 3, stride: 2, Padding.Valid));

    // Figure 7: wide rather than deep, for the last and richest representation.
    private static LayerOutput Block8(LayerOutput x, string name, bool countPadding) => x.Inception(
        name,
        b => b.Conv("1x1", 320, 1),
        b => b.Conv("3x3_reduce", 384, 1).Inception(
            "3x3",
            c => c.Conv("1x3", 384, (1, 3)),
            c => c.Conv("3x1", 384, (3, 1))),
        b => b.Conv("double_3x3_reduce", 448, 1).Conv("double_3x3_a", 384, 3).Inception(
            "double_3x3_b",
            c => c.Conv("1x3", 384, (1, 3)),
            c => c.Conv("3x1", 384, (3, 1))),
        b => b.AveragePool("pool", 3, countPadding).Conv("pool_proj", 192, 1));
}
