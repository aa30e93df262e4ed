using InceptionMl.Networks.Graph;

namespace InceptionMl.Networks.Architectures;

/// <summary>
/// This project's own small Inception, the embedded backbone: blocks with a pair of 3x3 convolutions for the 5x5, as in
/// "Batch normalization" (Ioffe and Szegedy 2015), on an early halved image. About 1.4 million parameters; trained for 64 to
/// 128 px, where it takes 68 and 270 million multiply-adds.
/// </summary>
internal static class InceptionCompact
{
    /// <summary>The network, a backbone without a classifier.</summary>
    public static Network Create()
    {
        NetworkBuilder net = new("inception-compact", TensorShape.Map(128, 128, 3), ConvolutionUnit.BatchNormalized(gamma: true));

        LayerOutput x = net.Image
            .Conv("stem_1", 24, 3, stride: 2)                                      // 64 x 64 x 24
            .Conv("stem_2", 48, 3, stride: 2);                                     // 32 x 32 x 48

        x = Block(x, "inception_3a", 32, (32, 48), (12, 24), 24);                  // 32 x 32 x 128
        x = Block(x, "inception_3b", 48, (48, 72), (16, 32), 32);                  // 32 x 32 x 184
        x = x.MaxPool("pool_3", 3, stride: 2, Padding.Same);                       // 16 x 16 x 184
        x = Block(x, "inception_4a", 72, (56, 96), (16, 40), 40);                  // 16 x 16 x 248
        x = Block(x, "inception_4b", 80, (64, 112), (24, 48), 48);                 // 16 x 16 x 288
        x = Block(x, "inception_4c", 96, (72, 128), (24, 56), 56);                 // 16 x 16 x 336
        x = x.MaxPool("pool_4", 3, stride: 2, Padding.Same);                       // 8 x 8 x 336
        x = Block(x, "inception_5a", 144, (88, 176), (32, 80), 80);                // 8 x 8 x 480
        x = Block(x, "inception_5b", 176, (104, 208), (40, 96), 96);               // 8 x 8 x 576

        return net.Build(x.Then("avg_pool", new GlobalAveragePool()));             // 576
    }

    // 1x1 | 1x1 -> 3x3 | 1x1 -> 3x3 -> 3x3 | 3x3 max pool -> 1x1.
    private static LayerOutput Block(
        LayerOutput x, string name, int one, (int Reduce, int Out) three, (int Reduce, int Out) five, int pool) =>
        x.Inception(
            name,
            b => b.Conv("1x1", one, 1),
            b => b.Conv("3x3_reduce", three.Reduce, 1).Conv("3x3", three.Out, 3),
            b => b.Conv("double_3x3_reduce", five.Reduce, 1).Conv("double_3x3_a", five.Out, 3).Conv("double_3x3_b", five.Out, 3),
            b => b.MaxPool("pool", 3, stride: 1, Padding.Same).Conv("pool_proj", pool, 1));
}
