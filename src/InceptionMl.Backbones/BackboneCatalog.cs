namespace InceptionMl.Backbones;

/// <summary>The published Inception weights that can be pulled by name.</summary>
public static class BackboneCatalog
{
    private const string Keras = "https://storage.googleapis.com/tensorflow/keras-applications/";
    private const string Torch = "https://download.pytorch.org/models/";
    private const string Zoo = "https://huggingface.co/onnxmodelzoo/legacy_models/resolve/main/validated/vision/classification/inception_and_googlenet/";
    private const string TensorFlow = "https://storage.googleapis.com/download.tensorflow.org/";

    private const string KerasLicense = "Apache-2.0";
    private const string TorchLicense = "BSD-3-Clause (torchvision's; the terms of ImageNet may apply to weights trained on it)";

    private const string KerasResize = "Keras stretches the whole picture to the input, without a crop";
    private const string TorchResize = "torchvision resizes the shorter side, bilinear with antialiasing, then crops the center";
    private const string SlimResize = "slim crops the center, then resizes it with TensorFlow 1's bilinear filter, without antialiasing";
    private const string ZooResize = "the zoo resizes the shorter side to 256, then crops the center";

    /// <summary>Gets every entry; each name and each file name is there once.</summary>
    public static IReadOnlyList<CatalogEntry> Entries { get; } =
    [
        InceptionV3("inception-v3", Md5(Keras + "inception_v3/inception_v3_weights_tf_dim_ordering_tf_kernels.h5", "9a0d58056eeedaa3f26cb7ebd46da564")) with
        {
            Format = WeightFormat.KerasH5, Naming = "Keras InceptionV3", Classes = 1000, Top1 = 77.9, License = KerasLicense, ResizeNote = KerasResize,
        },
        InceptionV3(
            "inception-v3-notop", Md5(Keras + "inception_v3/inception_v3_weights_tf_dim_ordering_tf_kernels_notop.h5", "bcbd6486424b2319ff4ef7d526e38f63")) with
        {
            Format = WeightFormat.KerasH5, License = KerasLicense, ResizeNote = KerasResize,
        },
        InceptionResNetV2(
            "inception-resnet-v2",
            Md5(Keras + "inception_resnet_v2/inception_resnet_v2_weights_tf_dim_ordering_tf_kernels.h5", "e693bd0210a403b3192acc6073ad2e96")) with
        {
            Naming = "Keras InceptionResNetV2", Classes = 1000, Top1 = 80.3,
        },
        InceptionResNetV2(
            "inception-resnet-v2-notop",
            Md5(Keras + "inception_resnet_v2/inception_resnet_v2_weights_tf_dim_ordering_tf_kernels_notop.h5", "d19885ff4a710c122648d3b5c3b684e4")),
        InceptionV3("inception-v3-torch", Sha256Prefix(Torch + "inception_v3_google-0cc3c7bd.pth", "0cc3c7bd")) with
        {
            Format = WeightFormat.TorchPth, Naming = "torchvision inception_v3", Classes = 1000, Top1 = 77.29,
            License = TorchLicense, CropFraction = 299.0 / 342, ResizeNote = TorchResize,
        },
        InceptionV3(
            "inception-v3-torch-2018",
            Sha256(Torch + "inception_v3_google-1a9a5a14.pth", 108_857_766, "1a9a5a14f40645a370184bd54f4e8e631351e71399112b43ad0294a79da290c8")) with
        {
            Format = WeightFormat.TorchPth, Classes = 1000, Top1 = 77.47, License = TorchLicense, CropFraction = 299.0 / 342, ResizeNote = TorchResize,
        },
        Symmetric("googlenet-torch", "googlenet", 224, 1024, Sha256Prefix(Torch + "googlenet-1378be20.pth", "1378be20")) with
        {
            Format = WeightFormat.TorchPth, Naming = "torchvision googlenet", Classes = 1000, Top1 = 69.78,
            License = TorchLicense, CropFraction = 0.875, ResizeNote = TorchResize,
        },
        FromZoo(
            "googlenet-onnx", "googlenet", "pool5/7x7_s1_2",
            Sha256(Zoo + "googlenet/model/googlenet-12.onnx", 28_021_836, "c99c507058eaf41de8723408fdda7db8325cb57f0a89f2ee07a716d6e963e14e")) with
        {
            Channels = "BGR", Offset = [103.939, 116.779, 123.68], Scale = [1, 1, 1], Top1 = 67.78,
        },
        FromZoo(
            "inception-v1-onnx", "inception-v1", null,
            Sha256(Zoo + "inception_v1/model/inception-v1-12.onnx", 28_021_958, "814b31a6316873bd03d2d808415ce1f40a7bf48ad88eab5ecc3cdc8dc6cf38ec")),
        FromZoo(
            "inception-v2-onnx", "inception-v2", "pool5/7x7_s1_1",
            Sha256(Zoo + "inception_v2/model/inception-v2-9.onnx", 45_042_799, "37ed4aa93f817fd0d1cc19bda045ebd70f18d0887a5f51e66ecd0ed8fd5a65c2")),
        Symmetric(
            "inception-5h", "inception-v1", 224, 1024,
            Sha256(TensorFlow + "models/inception5h.zip", null, "d13569f6a98159de37e92e9c8ec4dae8f674fbf475f69fe6199b514f756d4364")) with
        {
            Format = WeightFormat.TensorFlowGraphDef, ArchiveMember = "tensorflow_inception_graph.pb",
            Offset = [117, 117, 117], Scale = [1, 1, 1], Classes = 1008,
        },
        InceptionV3(
            "inception-v3-slim",
            Sha256(
                TensorFlow + "models/inception_v3_2016_08_28_frozen.pb.tar.gz", 88_668_554,
                "7045b72a954af4dce36346f478610acdccbf149168fa25c78e54e32f0c723d6d")) with
        {
            Format = WeightFormat.TensorFlowGraphDef, ArchiveMember = "inception_v3_2016_08_28_frozen.pb",
            Classes = 1001, Top1 = 78.0, CropFraction = 0.875, ResizeNote = SlimResize,
        },
        Symmetric(
            "inception-v4-slim", "inception-v4", 299, 1536,
            Sha256(
                "https://download.01.org/opencv/public_models/012020/googlenet-v4-tf/inception_v4.frozen.pb", 171_245_469,
                "51fedf837e57f18c110c6a55e4e929bb065541533208392207c3f0de9f77d53c")) with
        {
            Format = WeightFormat.TensorFlowGraphDef, Classes = 1001, Top1 = 80.2, CropFraction = 0.875, ResizeNote = SlimResize,
        },
        InceptionV3("inception-v3-mlnet", File("https://aka.ms/mlnet-resources/meta/inception_v3.meta", null, null)) with
        {
            Format = WeightFormat.TensorFlowMetaGraph, Offset = [0, 0, 0], Scale = [1 / 255.0, 1 / 255.0, 1 / 255.0], Classes = 1001,
        },
    ];

    /// <summary>Gets the names of ImageNet's 1000 classes as Keras publishes them: a JSON object of index to [WordNet id, name].</summary>
    public static PublishedFile ImageNetClassIndex { get; } = Md5(TensorFlow + "data/imagenet_class_index.json", "c2c37ea517e94d9795004a39431a14cb");

    /// <summary>Gets the entry of this name, or null.</summary>
    public static CatalogEntry? Find(string name) => Entries.FirstOrDefault(entry => entry.Name == name);

    /// <summary>Gets the entry whose file has these digests, or null; of an archive, only the archive itself is known.</summary>
    internal static CatalogEntry? Find(FileDigests digests) =>
        Entries.FirstOrDefault(entry => entry.ArchiveMember is null && entry.File.Checksum is { } checksum && digests.Match(checksum));

    /// <summary>Gets the entry that tells how files of this naming are fed, or null.</summary>
    internal static CatalogEntry? FindByNaming(string naming) => Entries.FirstOrDefault(entry => entry.Naming == naming);

    private static CatalogEntry InceptionV3(string name, PublishedFile file) => Symmetric(name, "inception-v3", 299, 2048, file);

    private static CatalogEntry InceptionResNetV2(string name, PublishedFile file) =>
        Symmetric(name, "inception-resnet-v2", 299, 1536, file) with { License = KerasLicense, ResizeNote = KerasResize };

    // x / 127.5 - 1, which the Inception networks were trained with since 2015.
    private static CatalogEntry Symmetric(string name, string network, int side, int width, PublishedFile file) => new()
    {
        Name = name,
        Network = network,
        File = file,
        Format = WeightFormat.KerasH5,
        Side = side,
        Channels = "RGB",
        Offset = [127.5, 127.5, 127.5],
        Scale = [1 / 127.5, 1 / 127.5, 1 / 127.5],
        FeatureWidth = width,
    };

    private static CatalogEntry FromZoo(string name, string network, string? featuresTensor, PublishedFile file) => new()
    {
        Name = name,
        Network = network,
        File = file,
        Format = WeightFormat.Onnx,
        Side = 224,
        CropFraction = 0.875,
        ResizeNote = ZooResize,
        Classes = 1000,
        FeatureWidth = 1024,
        FeaturesTensor = featuresTensor,
        License = "Apache-2.0 (the zoo's)",
    };

    private static PublishedFile Md5(string address, string hex) => File(address, null, new PublishedChecksum(ChecksumKind.Md5, hex));

    private static PublishedFile Sha256Prefix(string address, string hex) => File(address, null, new PublishedChecksum(ChecksumKind.Sha256Prefix, hex));

    private static PublishedFile Sha256(string address, long? bytes, string hex) => File(address, bytes, new PublishedChecksum(ChecksumKind.Sha256, hex));

    private static PublishedFile File(string address, long? bytes, PublishedChecksum? checksum) =>
        new(address[(address.LastIndexOf('/') + 1)..], new Uri(address), bytes, checksum);
}
