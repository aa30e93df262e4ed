using System.Globalization;
using InceptionMl.Models.Registry;
using InceptionMl.Models.Registry.Internal;
using InceptionMl.TestSupport;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Datasets.Internal;
using InceptionMl.Training.Retraining;
using InceptionMl.Training.Tests.Datasets;
using InceptionMl.Training.Versions;
using InceptionMl.Training.Versions.Internal;

namespace InceptionMl.Training.Tests.Retraining;

/// <summary>Images of a registry that come again as other files.</summary>
public sealed class TwinsTests : IDisposable
{
    private const int PerClass = 20;

    private readonly RetrainScene scene = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => scene.Dispose();

    [Fact]
    public async Task Images_that_are_all_written_anew_keep_their_parts_and_their_frozen_places()
    {
        await RetrainAsync("images", "compressed", original: true);
        int frozen = scene.Frozen().Count;

        RetrainResult second = await RetrainAsync("images", "compressed");
        RetrainResult third = await RetrainAsync("images", "half the size");

        Assert.Equal(Parts("0001"), Parts("0002"));
        Assert.Equal(Parts("0001"), Parts("0003"));
        Assert.All((RetrainResult[])[second, third], result =>
        {
            Assert.Equal((frozen, 0), (result.Comparison!.Champion.Images, result.Comparison.LeftOut));
            Diagnostic told = Assert.Single(result.Training.Diagnostics, one => one.Id == DiagnosticIds.Twins);
            Assert.Contains(FormattableString.Invariant($"take their places: {2 * PerClass}, {frozen} of them as frozen test images"), told.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(result.Changes!.Diagnostics, one => one.Id == DiagnosticIds.TestImagesMissing);
        });
        Assert.Equal(frozen, scene.Frozen().Count);
        Assert.All(FrozenTest.Read(scene.Registry.Folder).Images, image => Assert.Equal("0001", image.Since));
    }

    [Fact]
    public async Task No_model_is_measured_on_a_twin_of_what_it_was_trained_on()
    {
        Add("images/train", "", 0, PerClass);
        Add("images/test", "", 50, 5);
        await scene.RetrainAsync(cancellationToken: Stop);
        foreach (VersionImage image in scene.Data("0001").Where(image => image.Part == SplitPart.Train && image.Path.EndsWith("003.png", StringComparison.Ordinal)))
        {
            File.Delete(image.Path);
        }

        scene.Folder.Write("images/test/a/003-again.jpg", DrawnPictures.Copy(3, "compressed"));

        RetrainResult second = await scene.RetrainAsync(cancellationToken: Stop);

        Assert.Equal((11, 10, 1), (second.Training.Images.Test, second.Comparison!.Champion.Images, second.Comparison.LeftOut));
    }

    [Fact]
    public async Task Versions_that_do_not_keep_what_their_images_look_like_know_exact_copies_alone()
    {
        await RetrainAsync("images", "compressed", original: true);
        File.Delete(FingerprintsOf("0001"));

        RetrainResult second = await RetrainAsync("images", "compressed");

        Assert.StartsWith("Of 40 of the 40 images of earlier versions", Assert.Single(second.Training.Diagnostics, one => one.Id == DiagnosticIds.TwinsUnknown).Message, StringComparison.Ordinal);
        Assert.Contains(second.Changes!.Diagnostics, one => one.Id == DiagnosticIds.TestImagesMissing);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(200)]
    [InlineData(-1)]
    public async Task A_damaged_file_is_passed_over(int length)
    {
        await RetrainAsync("images", "compressed", original: true);
        byte[] bytes = await File.ReadAllBytesAsync(FingerprintsOf("0001"), Stop);
        if (length < 0)
        {
            bytes[^40] ^= 0xFF;
            bytes[5] = 0xFF;
        }

        await File.WriteAllBytesAsync(FingerprintsOf("0001"), length < 0 ? bytes : bytes[..length], Stop);

        Assert.Empty(VersionFingerprints.Read(scene.Registry.Show("0001")));
        RetrainResult second = await RetrainAsync("images", "compressed");

        Assert.Contains(second.Training.Diagnostics, one => one.Id == DiagnosticIds.TwinsUnknown);
    }

    [Fact]
    public async Task What_is_kept_is_what_the_images_look_like()
    {
        await RetrainAsync("images", "compressed", original: true);

        Dictionary<ContentHash, ImageFingerprint> kept = VersionFingerprints.Read(scene.Registry.Show("0001")).ToDictionary(image => image.Hash, image => image.Fingerprint);

        Assert.Equal(scene.Data("0001").Select(image => image.Hash).Order(), kept.Keys.Order());
        byte[] picture = DrawnPictures.Draw(3);
        Assert.Equal(DrawnPictures.Fingerprint(picture).Hashes.ToArray(), kept[ContentHash.Compute(picture)].Hashes.ToArray());
    }

    private string FingerprintsOf(string version) => Path.Combine(scene.Registry.Show(version).Folder, RegistryFolder.FingerprintsFile);

    private async Task<RetrainResult> RetrainAsync(string folder, string kind, bool original = false)
    {
        if (Directory.Exists(scene.Folder.At(folder)))
        {
            Directory.Delete(scene.Folder.At(folder), recursive: true);
        }

        Add(folder, original ? string.Empty : kind, 0, PerClass);
        return await scene.RetrainAsync(cancellationToken: Stop);
    }

    private void Add(string folder, string kind, int first, int count)
    {
        foreach (int number in Enumerable.Range(first, count))
        {
            Write(folder, 'a', number, kind);
            Write(folder, 'b', number + 100, kind);
        }
    }

    private void Write(string folder, char label, int number, string kind) => scene.Folder.Write(
        string.Create(CultureInfo.InvariantCulture, $"{folder}/{label}/{number:D3}.{(kind.Length == 0 ? "png" : "jpg")}"),
        kind.Length == 0 ? DrawnPictures.Draw(number) : DrawnPictures.Copy(number, kind));

    private Dictionary<string, SplitPart> Parts(string version) =>
        scene.Data(version).OrderBy(image => image.Path, StringComparer.Ordinal).ToDictionary(image => Path.GetFileNameWithoutExtension(image.Path), image => image.Part);
}
