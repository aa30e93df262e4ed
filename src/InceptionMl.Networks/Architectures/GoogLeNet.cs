using InceptionMl.Networks.Graph;

namespace InceptionMl.Networks.Architectures;

/// <summary>
/// GoogLeNet, or Inception v1: Szegedy et al. 2014, "Going deeper with convolutions", table 1. Two forms are in use, and their
/// weights do not fit each other.
/// </summary>
internal static class GoogLeNet
{
    /// <summary>
    /// As published: biases, local response normalization, 5x5 branches. The BVLC Caffe model and the ONNX zoo's googlenet-12.
    /// 6,998,552 parameters with 1,000 classes; image 224 x 224.
    /// </summary>
    /// <param name="classes">Outputs of the classifier.</param>
    public static Network Bvlc(int classes = 1000)
    {
        NetworkBuilder net = new("googlenet", TensorShape.Map(224, 224, 3), ConvolutionUnit.Biased);

        LayerOutput x = net.Image
            .Conv("conv1", 64, 7, stride: 2)                                         // 112 x 112 x 64
            .MaxPool("pool1", 3, stride: 2, Padding.Valid, ceil: true)               // 56 x 56 x 64
            .Then("norm1", new LocalResponseNormalization(Size: 5, Alpha: 1e-4f, Beta: 0.75f, Bias: 1))
            .Conv("conv2_reduce", 64, 1)                                             // 56 x 56 x 64
            .Conv("conv2", 192, 3)                                                   // 56 x 56 x 192
            .Then("norm2", new LocalResponseNormalization(Size: 5, Alpha: 1e-4f, Beta: 0.75f, Bias: 1))
            .MaxPool("pool2", 3, stride: 2, Padding.Valid, ceil: true);              // 28 x 28 x 192

        return Trunk(net, x, fifth: 5, fourthPool: 3, classes);
    }

    /// <summary>
    /// As torchvision has it: batch normalization with gamma, no biases, and 3x3 kernels in the branches the paper gives 5x5.
    /// 6,624,904 trainable parameters with 1,000 classes, which is PyTorch's count; image 224 x 224.
    /// </summary>
    /// <param name="classes">Outputs of the classifier.</param>
    public static Network Torchvision(int classes = 1000)
    {
        NetworkBuilder net = new("googlenet-torchvision", TensorShape.Map(224, 224, 3), ConvolutionUnit.BatchNormalized(gamma: true));

        LayerOutput x = net.Image
            .Conv("conv1", 64, 7, stride: 2)                                         // 112 x 112 x 64
            .MaxPool("pool1", 3, stride: 2, Padding.Valid, ceil: true)               // 56 x 56 x 64
            .Conv("conv2_reduce", 64, 1)                                             // 56 x 56 x 64
            .Conv("conv2", 192, 3)                                                   // 56 x 56 x 192
            .MaxPool("pool2", 3, stride: 2, Padding.Valid, ceil: true);              // 28 x 28 x 192

        return Trunk(net, x, fifth: 3, fourthPool: 2, classes);
    }

    private static Network Trunk(NetworkBuilder net, LayerOutput x, int fifth, int fourthPool, int classes)
    {
        x = Block(x, "inception_3a", 64, (96, 128), (16, 32), 32, fifth);            // 28 x 28 x 256
        x = Block(x, "inception_3b", 128, (128, 192), (32, 96), 64, fifth);          // 28 x 28 x 480
        x = x.MaxPool("pool3", 3, stride: 2, Padding.Valid, ceil: true);             // 14 x 14 x 480
        x = Block(x, "inception_4a", 192, (96, 208), (16, 48), 64, fifth);           // 14 x 14 x 512
        x = Block(x, "inception_4b", 160, (112, 224), (24, 64), 64, fifth);          // 14 x 14 x 512
        x = Block(x, "inception_4c", 128, (128, 256), (24, 64), 64, fifth);          // 14 x 14 x 512
        x = Block(x, "inception_4d", 112, (144, 288), (32, 64), 64, fifth);          // 14 x 14 x 528
        x = Block(x, "inception_4e", 256, (160, 320), (32, 128), 128, fifth);        // 14 x 14 x 832
        x = x.MaxPool("pool4", fourthPool, stride: 2, Padding.Valid, ceil: true);    // 7 x 7 x 832
        x = Block(x, "inception_5a", 256, (160, 320), (32, 128), 128, fifth);        // 7 x 7 x 832
        x = Block(x, "inception_5b", 384, (192, 384), (48, 128), 128, fifth);        // 7 x 7 x 1024

        LayerOutput features = x.Then("avg_pool", new GlobalAveragePool());          // 1024
        return net.Build(features, features.Then("predictions", new Dense(classes)));
    }

    // Figure 2b: 1x1 | 1x1 -> 3x3 | 1x1 -> 5x5 | 3x3 max pool -> 1x1.
    private static LayerOutput Block(
        LayerOutput x, string name, int one, (int Reduce, int Out) three, (int Reduce, int Out) five, int pool, int fifth) =>
        x.Inception(
            name,
            b => b.Conv("1x1", one, 1),
            b => b.Conv("3x3_reduce", three.Reduce, 1).Conv("3x3", three.Out, 3),
            b => b.Conv("5x5_reduce", five.Reduce, 1).Conv("5x5", five.Out, fifth),
            b => b.MaxPool("pool", 3, stride: 1, Padding.Same).Conv("pool_proj", pool, 1));
}
