namespace InceptionMl.Backbones;

/// <summary>ResNet-18 (He et al. 2016) with ImageNet weights, as the package Microsoft.ML.DnnImageFeaturizer.ResNet18 brings it.</summary>
/// <example><code>
/// Backbone backbone = Backbone.Open(ResNet18.Name, new BackboneOptions { Packaged = [ResNet18.Backbone] });
/// </code></example>
public static class ResNet18
{
    /// <summary>The backbone's name.</summary>
    public const string Name = "resnet-18";

    // Where the build files of the package put the network, seen from the program's folder.
    private const string File = "DnnImageModels/ResNet18Onnx/ResNet18.onnx";

    /// <summary>
    /// Gets the backbone: 224x224 pixels; blue, green and red less ImageNet's means; 512 values from the last of its four stages.
    /// </summary>
    public static PackagedBackbone Backbone { get; } = new()
    {
        Name = Name,
        Network = Name,
        OnnxPath = Path.Combine(AppContext.BaseDirectory, File),
        Sha256 = "e2552f19db2dfdb01b3669537b6a0f1b44da38d18279535492ed5dfc2ef1ff8f",
        Preprocessing = new BackbonePreprocessing(224, 224, [103.939, 116.779, 123.68], [1, 1, 1], "BGR"),
        FeatureWidth = 512,
        License = "MIT",
        Provenance = "Microsoft.ML.DnnImageFeaturizer.ResNet18 0.23.1; ImageNet weights, converted from CNTK; the publisher does not say more about the training data",
    };
}
