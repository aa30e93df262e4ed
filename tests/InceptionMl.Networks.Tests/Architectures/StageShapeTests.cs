using InceptionMl.Networks.Architectures;

namespace InceptionMl.Networks.Tests.Architectures;

/// <summary>The shapes the papers' tables and the comments in the architecture files give for each stage.</summary>
public sealed class StageShapeTests
{
    [Fact]
    public void Inception_v3() => Check(
        "inception-v3",
        "image 299 x 299 x 3, conv_1a 149 x 149 x 32, conv_2a 147 x 147 x 32, conv_2b 147 x 147 x 64, pool_3a 73 x 73 x 64, "
        + "conv_3b 73 x 73 x 80, conv_4a 71 x 71 x 192, pool_5a 35 x 35 x 192, mixed_5b 35 x 35 x 256, mixed_5c 35 x 35 x 288, "
        + "mixed_5d 35 x 35 x 288, mixed_6a 17 x 17 x 768, mixed_6b 17 x 17 x 768, mixed_6c 17 x 17 x 768, mixed_6d 17 x 17 x 768, "
        + "mixed_6e 17 x 17 x 768, mixed_7a 8 x 8 x 1280, mixed_7b 8 x 8 x 2048, mixed_7c 8 x 8 x 2048, avg_pool 2048, predictions 1000");

    [Theory]
    [InlineData("googlenet")]
    [InlineData("googlenet-torchvision")]
    public void Googlenet(string name) => Check(
        name,
        "image 224 x 224 x 3, conv1 112 x 112 x 64, pool1 56 x 56 x 64, conv2_reduce 56 x 56 x 64, conv2 56 x 56 x 192, "
        + "pool2 28 x 28 x 192, inception_3a 28 x 28 x 256, inception_3b 28 x 28 x 480, pool3 14 x 14 x 480, inception_4a 14 x 14 x 512, "
        + "inception_4b 14 x 14 x 512, inception_4c 14 x 14 x 512, inception_4d 14 x 14 x 528, inception_4e 14 x 14 x 832, "
        + "pool4 7 x 7 x 832, inception_5a 7 x 7 x 832, inception_5b 7 x 7 x 1024, avg_pool 1024, predictions 1000");

    [Fact]
    public void Inception_v4() => Check(
        "inception-v4",
        "conv_2b 147 x 147 x 64, mixed_3a 73 x 73 x 160, mixed_4a 71 x 71 x 192, mixed_5a 35 x 35 x 384, mixed_5b 35 x 35 x 384, "
        + "mixed_5e 35 x 35 x 384, mixed_6a 17 x 17 x 1024, mixed_6b 17 x 17 x 1024, mixed_6h 17 x 17 x 1024, mixed_7a 8 x 8 x 1536, "
        + "mixed_7b 8 x 8 x 1536, mixed_7d 8 x 8 x 1536, avg_pool 1536, predictions 1000");

    [Fact]
    public void Inception_resnet_v2() => Check(
        "inception-resnet-v2",
        "pool_5a 35 x 35 x 192, mixed_5b 35 x 35 x 320, block35_1 35 x 35 x 320, block35_10 35 x 35 x 320, mixed_6a 17 x 17 x 1088, "
        + "block17_1 17 x 17 x 1088, block17_20 17 x 17 x 1088, mixed_7a 8 x 8 x 2080, block8_1 8 x 8 x 2080, block8_10 8 x 8 x 2080, "
        + "conv_7b 8 x 8 x 1536, avg_pool 1536, predictions 1000");

    [Fact]
    public void Inception_compact() => Check(
        "inception-compact",
        "image 128 x 128 x 3, stem_1 64 x 64 x 24, stem_2 32 x 32 x 48, inception_3a 32 x 32 x 128, inception_3b 32 x 32 x 184, "
        + "pool_3 16 x 16 x 184, inception_4a 16 x 16 x 248, inception_4b 16 x 16 x 288, inception_4c 16 x 16 x 336, pool_4 8 x 8 x 336, "
        + "inception_5a 8 x 8 x 480, inception_5b 8 x 8 x 576, avg_pool 576");

    private static void Check(string network, string stages)
    {
        Dictionary<string, string> outputs = NetworkCatalog.Find(network)!.Summarize().Blocks
            .ToDictionary(block => block.Name, block => block.Output.ToString());

        foreach (string stage in stages.Split(", "))
        {
            string[] parts = stage.Split(' ', 2);
            Assert.Equal((parts[0], parts[1]), (parts[0], outputs[parts[0]]));
        }
    }
}
