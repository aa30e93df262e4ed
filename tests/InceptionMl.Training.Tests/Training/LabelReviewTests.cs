using InceptionMl.TestSupport;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Training.Tests.Training;

public sealed class LabelReviewTests(TrainedDemo demo) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Images_under_a_wrong_label_come_first_with_the_right_one_and_its_like()
    {
        string[] flipped = WriteSetWithWrongLabels();

        LabelReview.Result review = await Review("set").RunAsync(cancellationToken: Stop);

        Assert.Equal(200, review.Images.Count);
        Assert.Subset(new HashSet<string>(review.Images.Take(6).Select(image => Path.GetFileName(image.Path))), new HashSet<string>(flipped));
        LabelReview.ReviewedImage[] found = [.. review.Images.Where(image => image.IsSuspect && flipped.Contains(Path.GetFileName(image.Path)))];
        Assert.NotEmpty(found);
        Assert.All(found, image =>
        {
            Assert.Equal(("bolt", "split-pin"), (image.Label, image.Suggested));
            Assert.Equal(LabelReview.Neighbors, image.Nearest.Count);
            Assert.DoesNotContain(image.Path, image.Nearest.Select(near => near.Path));
        });
        Assert.Equal(review.Images.Select(image => image.Probability).Order(), review.Images.Select(image => image.Probability));
    }

    [Fact]
    public async Task The_manifest_can_be_trained_on_and_has_what_a_person_needs_to_mend_it()
    {
        string[] flipped = WriteSetWithWrongLabels();
        LabelReview.Result review = await Review("set").RunAsync(cancellationToken: Stop);

        review.WriteManifest(folder.At("list.csv"));

        ImageDataset listed = ImageDataset.Open(folder.At("list.csv"), cancellationToken: Stop);
        string[] lines = File.ReadAllLines(folder.At("list.csv"));
        Assert.Equal(review.Images.Select(image => image.Label).Order(), listed.Samples.Select(sample => sample.Label).Order());
        Assert.Equal("path,label,probability,suggested,suggested_probability,nearest", lines[0]);
        Assert.Contains(lines.Skip(1).Take(6), line => flipped.Any(name => line.Contains(name, StringComparison.Ordinal)) && line.Contains(",bolt,0.0", StringComparison.Ordinal) && line.Contains(",split-pin,0.9", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Given_parts_are_kept_in_the_manifest()
    {
        LabelReview.Result review = await new LabelReview(new TrainingSettings { Data = [TrainedDemo.Images], Cache = demo.Cache }).RunAsync(cancellationToken: Stop);

        review.WriteManifest(folder.At("list.csv"));

        ImageDataset mended = ImageDataset.Open(folder.At("list.csv"), cancellationToken: Stop);
        Assert.Equal((480, 120), (mended.Samples.Count, mended.Samples.Count(sample => sample.Given == SplitPart.Test)));
    }

    private LabelReview Review(string set) => new(new TrainingSettings { Data = [folder.At(set)], Cache = folder.At("cache") });

    // Three split pins lie among the bolts.
    private string[] WriteSetWithWrongLabels()
    {
        List<string> flipped = [];
        foreach (string label in (string[])["bolt", "nut", "split-pin", "washer"])
        {
            string[] images = [.. Directory.EnumerateFiles(Path.Combine(TrainedDemo.Images, "train", label), "*.jpg").Order(StringComparer.Ordinal).Take(50)];
            for (int i = 0; i < images.Length; i++)
            {
                bool isFlipped = label == "split-pin" && i < 3;
                string name = $"{label}-{i:D2}.jpg";
                folder.Write($"set/{(isFlipped ? "bolt" : label)}/{name}", File.ReadAllBytes(images[i]));
                if (isFlipped)
                {
                    flipped.Add(name);
                }
            }
        }

        return [.. flipped];
    }
}
