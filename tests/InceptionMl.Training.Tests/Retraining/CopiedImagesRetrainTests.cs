using InceptionMl.TestSupport;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Datasets.Internal;
using InceptionMl.Training.Retraining;
using InceptionMl.Training.Tests.Datasets;
using InceptionMl.Training.Versions.Internal;

namespace InceptionMl.Training.Tests.Retraining;

/// <summary>Copies and near-copies in the images of a registry.</summary>
public sealed class CopiedImagesRetrainTests : IDisposable
{
    private const int PerClass = 20;

    private readonly RetrainScene scene = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => scene.Dispose();

    [Fact]
    public async Task Near_copies_stay_in_one_part_and_are_told()
    {
        AddClasses();
        AddCopies();

        RetrainResult result = await scene.RetrainAsync(cancellationToken: Stop);

        Assert.All(Parts("0001").GroupBy(image => image.Key[..3]), copies => Assert.Single(copies.Select(copy => copy.Value).Distinct()));
        Diagnostic told = Assert.Single(result.Training.Diagnostics, diagnostic => diagnostic.Id == DiagnosticIds.NearCopies);
        Assert.Equal(DiagnosticSeverity.Warning, told.Severity);
        Assert.Contains("80 images are copies or near-copies of others (40 groups, the largest of 2), such as ", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Near_copies_that_are_to_be_ignored_are_drawn_one_by_one()
    {
        scene.WritePipeline(split: """ "validation": 0.15, "test": 0.3, "nearCopies": "ignore" """);
        AddClasses();
        AddCopies();

        RetrainResult result = await scene.RetrainAsync(cancellationToken: Stop);

        Assert.Contains(Parts("0001").GroupBy(image => image.Key[..3]), copies => copies.Select(copy => copy.Value).Distinct().Count() == 2);
        Assert.DoesNotContain(result.Training.Diagnostics, diagnostic => diagnostic.Id == DiagnosticIds.NearCopies);
    }

    [Fact]
    public async Task A_new_near_copy_of_a_frozen_test_image_is_tested_on_and_no_other_image_moves()
    {
        AddClasses();
        await scene.RetrainAsync(cancellationToken: Stop);
        Dictionary<string, SplitPart> before = Parts("0001");
        string[] tested = [.. before.Where(image => image.Value == SplitPart.Test).Select(image => image.Key[..3])];
        Array.ForEach(tested, AddCopy);

        RetrainResult second = await scene.RetrainAsync(cancellationToken: Stop);

        Dictionary<string, SplitPart> after = Parts("0002");
        Assert.All(before, image => Assert.Equal(image.Value, after[image.Key]));
        Assert.All(tested, number => Assert.Equal(SplitPart.Test, after[$"{number}-copy.jpg"]));
        Assert.Equal(2 * tested.Length, scene.Frozen().Count);
        Assert.DoesNotContain(second.Training.Diagnostics, diagnostic => diagnostic.Id == DiagnosticIds.ImagesMoved);
    }

    [Fact]
    public async Task Images_that_move_with_their_copies_are_counted()
    {
        scene.WritePipeline(split: """ "validation": 0.15, "test": 0.3, "nearCopies": "ignore" """);
        AddClasses();
        AddCopies();
        await scene.RetrainAsync(cancellationToken: Stop);
        scene.WritePipeline();

        RetrainResult second = await scene.RetrainAsync(cancellationToken: Stop);

        Dictionary<string, SplitPart> before = Parts("0001"), after = Parts("0002");
        int moved = before.Count(image => after[image.Key] != image.Value);
        Assert.True(moved > 0);
        Assert.Contains(
            FormattableString.Invariant($"Images in another part than in the latest version: {moved} ("),
            Assert.Single(second.Training.Diagnostics, diagnostic => diagnostic.Id == DiagnosticIds.ImagesMoved).Message,
            StringComparison.Ordinal);
        Assert.All(before.Where(image => image.Value == SplitPart.Test), image => Assert.Equal(SplitPart.Test, after[image.Key]));
    }

    [Fact]
    public async Task A_content_under_two_labels_is_in_no_part_until_it_is_mended()
    {
        AddClasses();
        byte[] doubtful = DrawnPictures.Draw(999);
        scene.Folder.Write("images/a/999.png", doubtful);
        string wrong = scene.Folder.Write("images/b/999.png", doubtful);

        RetrainResult first = await scene.RetrainAsync(cancellationToken: Stop);
        RetrainResult second = await scene.RetrainAsync(cancellationToken: Stop);
        File.Delete(wrong);
        await scene.RetrainAsync(cancellationToken: Stop);

        ContentHash hash = ContentHash.Compute(doubtful);
        Assert.DoesNotContain(scene.Data("0001"), image => image.Hash == hash);
        Assert.Contains(
            "Contents that stand under more than one label (1), so that neither train nor test has them",
            Assert.Single(first.Training.Diagnostics, diagnostic => diagnostic.Id == DiagnosticIds.ContentsUnderTwoLabels).Message,
            StringComparison.Ordinal);
        Assert.Equal(2 * PerClass, first.Training.Images.Train + first.Training.Images.Validation + first.Training.Images.Test);
        Assert.Equal(0, second.Changes!.Added);
        Assert.Contains(scene.Data("0003"), image => image.Hash == hash && image.Label == "a");
    }

    [Fact]
    public async Task Test_images_that_were_given_and_have_a_copy_in_training_stay_and_are_counted()
    {
        AddClasses("images/train");
        AddClasses("images/test", first: 50, count: 3);
        scene.Folder.Write("images/test/a/000-copy.jpg", DrawnPictures.Copy(0, "mirrored"));
        scene.Folder.Write("images/test/a/001.png", DrawnPictures.Draw(1));

        RetrainResult result = await scene.RetrainAsync(cancellationToken: Stop);

        Assert.Equal(8, result.Training.Images.Test);
        Assert.StartsWith(
            "Test images with a copy or near-copy among the images that were trained on (2), so that accuracy may look better than it is; of the 6 others ",
            Assert.Single(result.Training.Diagnostics, diagnostic => diagnostic.Id == DiagnosticIds.TestCopiesInTraining).Message,
            StringComparison.Ordinal);
    }

    private void AddClasses(string folder = "images", int first = 0, int count = PerClass)
    {
        foreach (int number in Enumerable.Range(first, count))
        {
            scene.Folder.Write($"{folder}/a/{number:D3}.png", DrawnPictures.Draw(number));
            scene.Folder.Write($"{folder}/b/{number + 100:D3}.png", DrawnPictures.Draw(number + 100));
        }
    }

    private void AddCopies()
    {
        foreach (int number in Enumerable.Range(0, PerClass).SelectMany(number => (int[])[number, number + 100]))
        {
            AddCopy($"{number:D3}");
        }
    }

    private void AddCopy(string number)
    {
        int picture = int.Parse(number, System.Globalization.CultureInfo.InvariantCulture);
        scene.Folder.Write($"images/{(picture < 100 ? 'a' : 'b')}/{number}-copy.jpg", DrawnPictures.Copy(picture, picture % 2 == 0 ? "mirrored" : "cropped"));
    }

    private Dictionary<string, SplitPart> Parts(string version) => scene.Data(version).ToDictionary(image => Path.GetFileName(image.Path), image => image.Part);
}
