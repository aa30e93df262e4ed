using InceptionMl.Backbones.Download;
using InceptionMl.Models;
using InceptionMl.Models.Internal;
using InceptionMl.Networks.Weights.Binding;
using InceptionMl.TestSupport;

namespace InceptionMl.Backbones.Tests.Catalog;

public sealed class BackboneCatalogTests
{
    public static TheoryData<string> Names => [.. BackboneCatalog.Entries.Select(entry => entry.Name)];

    private static CatalogEntry Entry(string name) => BackboneCatalog.Find(name)!;

    [Fact]
    public void Every_name_and_every_file_name_is_there_once()
    {
        PublishedFile[] files = [.. BackboneCatalog.Entries.Select(entry => entry.File), BackboneCatalog.ImageNetClassIndex];

        Assert.Equal(14, BackboneCatalog.Entries.Count);
        Assert.Distinct(BackboneCatalog.Entries.Select(entry => entry.Name), StringComparer.OrdinalIgnoreCase);
        Assert.Distinct(files.Select(file => file.FileName), StringComparer.OrdinalIgnoreCase);
        Assert.Distinct(files.Select(file => file.Address));
        Assert.Null(BackboneCatalog.Find("inception-v9"));
        Assert.DoesNotContain("inception-compact", BackboneCatalog.Entries.Select(entry => entry.Name));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_is_published_safely_with_a_checksum_of_its_kinds_length(string name)
    {
        PublishedFile file = Entry(name).File;

        Assert.Equal((Uri.UriSchemeHttps, "", ""), (file.Address.Scheme, file.Address.Query, file.Address.UserInfo));
        Assert.EndsWith("/" + file.FileName, file.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.True(file.Bytes is null or > 0);
        if (file.Checksum is { } checksum)
        {
            Assert.Equal(checksum.Kind switch { ChecksumKind.Sha256 => 64, ChecksumKind.Md5 => 32, _ => 8 }, checksum.Hex.Length);
            Assert.All(checksum.Hex, digit => Assert.True(char.IsAsciiHexDigitLower(digit)));
        }
    }

    [Fact]
    public void Only_the_file_that_is_published_without_a_checksum_has_none() =>
        Assert.Equal(["inception-v3-mlnet"], BackboneCatalog.Entries.Where(entry => entry.File.Checksum is null).Select(entry => entry.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_format_is_the_files_and_only_an_archive_has_a_member(string name)
    {
        CatalogEntry entry = Entry(name);
        string file = entry.ArchiveMember ?? entry.File.FileName;

        Assert.EndsWith(
            entry.Format switch
            {
                WeightFormat.KerasH5 => ".h5",
                WeightFormat.TorchPth => ".pth",
                WeightFormat.Onnx => ".onnx",
                WeightFormat.TensorFlowGraphDef => ".pb",
                _ => ".meta",
            },
            file,
            StringComparison.Ordinal);
        bool isArchive = entry.File.FileName.EndsWith(".zip", StringComparison.Ordinal) || entry.File.FileName.EndsWith(".tar.gz", StringComparison.Ordinal);
        Assert.Equal(isArchive, entry.ArchiveMember is not null);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_known_of_the_preprocessing_makes_a_valid_card(string name)
    {
        CatalogEntry entry = Entry(name);
        Assert.True(entry.Side is 224 or 299 && entry.FeatureWidth is 1024 or 1536 or 2048 && entry.Classes is null or 1000 or 1001 or 1008);
        Assert.True(entry.Top1 is null or (> 60 and < 85));
        if (entry.Input("image") is { } input)
        {
            BackboneCard card = new() { Name = name, Input = input, Outputs = new BackboneOutputs { Features = new BackboneFeatures { Tensor = "features", Width = entry.FeatureWidth } } };
            card.Validate();
        }
        else
        {
            Assert.False(entry.HasPreprocessing);
        }
    }

    [Fact]
    public void Preprocessing_that_is_not_published_is_left_open() => Assert.Equal(
        ["inception-v1-onnx", "inception-v2-onnx"], BackboneCatalog.Entries.Where(entry => !entry.HasPreprocessing).Select(entry => entry.Name));

    [Theory]
    [InlineData("inception-v3", 299, 299, -1, 1)]
    [InlineData("inception-v3-torch", 299, 342, -1, 1)]
    [InlineData("googlenet-torch", 224, 256, -1, 1)]
    [InlineData("googlenet-onnx", 224, 256, -103.939, 151.061)]
    [InlineData("inception-5h", 224, 224, -117, 138)]
    [InlineData("inception-v3-mlnet", 299, 299, 0, 1)]
    public void Black_and_white_are_what_the_publisher_makes_of_them(string name, int side, int prepared, double black, double white)
    {
        BackboneInput input = Entry(name).Input("image")!;

        Assert.Equal((side, prepared), (input.Width, (int)Math.Round(input.Width / input.Resize!.CropFraction)));
        Assert.Equal(black, (0 - input.Offset[0]) * input.Scale[0], 9);
        Assert.Equal(white, (255 - input.Offset[0]) * input.Scale[0], 9);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_download_knows_where_the_file_will_be(string name)
    {
        using HttpClient client = new();

        Assert.Equal(Entry(name).File.FileName, Path.GetFileName(new VerifiedDownload(client, "downloads").PathOf(Entry(name).File)));
    }

    [Theory]
    [InlineData("Keras InceptionV3", "inception-v3")]
    [InlineData("Keras InceptionResNetV2", "inception-resnet-v2")]
    [InlineData("torchvision inception_v3", "inception-v3-torch")]
    [InlineData("torchvision googlenet", "googlenet-torch")]
    [InlineData("somebody's", null)]
    public void A_naming_of_tensors_tells_how_they_are_fed(string naming, string? name) =>
        Assert.Equal(name, BackboneCatalog.FindByNaming(naming)?.Name);

    [Fact]
    public void Every_naming_that_weights_are_recognized_by_has_an_entry() =>
        Assert.All(TensorNamings.All, naming => Assert.True(BackboneCatalog.FindByNaming(naming.Name)!.HasPreprocessing));

    [Theory]
    [MemberData(nameof(Names))]
    public void The_readme_has_a_line_for_each_entry(string name) => Assert.Contains(
        $"| `{name}` |",
        File.ReadAllText(Workspace.At("src", "InceptionMl.Backbones", "README.md")),
        StringComparison.Ordinal);

    [Fact]
    public void The_class_index_is_verified_like_weights()
    {
        Assert.Equal("imagenet_class_index.json", BackboneCatalog.ImageNetClassIndex.FileName);
        Assert.Equal(new PublishedChecksum(ChecksumKind.Md5, "c2c37ea517e94d9795004a39431a14cb"), BackboneCatalog.ImageNetClassIndex.Checksum);
    }
}
