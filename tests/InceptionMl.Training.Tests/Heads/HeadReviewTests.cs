using InceptionMl.Training.Features;

namespace InceptionMl.Training.Tests.Heads;

public sealed class HeadReviewTests
{
    private const int Width = 60;
    private const int Classes = 3;
    private static readonly string[] Names = ["a", "b", "c"];

    [Fact]
    public void Wrong_labels_are_the_most_suspect()
    {
        int[] flipped = [3, 50, 77, 104, 131, 170];
        HeadTrainingSet clean = Clusters(perClass: 60, noise: 0.5);
        int[] labels = [.. clean.Labels];
        Array.ForEach(flipped, row => labels[row] = (labels[row] + 1) % Classes);

        TrainingReview before = Review(clean);
        TrainingReview after = Review(clean with { Labels = labels });

        Assert.Empty(before.SuspectLabels);
        Assert.Equal(flipped.Length, after.Suspects);
        Assert.Equal(flipped.Select(Path), after.SuspectLabels.Select(suspect => suspect.Path).Order());
        Assert.Equal(after.SuspectLabels.OrderBy(suspect => suspect.Probability), after.SuspectLabels);
        Assert.All(after.SuspectLabels, suspect => Assert.Equal(Names[clean.Labels[Place(suspect.Path)]], suspect.Suggested));
    }

    [Fact]
    public void More_images_are_worth_something_where_the_latest_of_them_were()
    {
        TrainingReview hard = Review(Clusters(perClass: 200, noise: 1.6), l2: 0.2);
        TrainingReview easy = Review(Clusters(perClass: 120, noise: 0.3));

        Assert.Equal([150, 300, 600], hard.LearningCurve.Select(point => point.Images));
        Assert.InRange(hard.GainOfTwiceTheImages, 0.005, 0.3);
        Assert.True(hard.LearningCurve[2].LogLoss < hard.LearningCurve[0].LogLoss);
        Assert.Equal((0, 1), (easy.GainOfTwiceTheImages, easy.LearningCurve[2].Accuracy));
        Assert.Empty(easy.WeakClasses);
    }

    [Fact]
    public void The_review_is_the_same_on_any_number_of_threads()
    {
        HeadTrainingSet images = Clusters(perClass: 40, noise: 2);

        TrainingReview one = Review(images, threads: 1);
        TrainingReview four = Review(images, threads: 4);

        Assert.Equal(one.LearningCurve, four.LearningCurve);
        Assert.Equal(one.SuspectLabels, four.SuspectLabels);
        Assert.Equal(one.WeakClasses, four.WeakClasses);
    }

    [Fact]
    public void Copies_help_where_they_bring_something_new()
    {
        HeadTrainingSet images = Clusters(perClass: 60, noise: 2);
        HeadTrainingSet telling = WithCopies(images, noise: 0.5);
        HeadTrainingSet equal = WithCopies(images, noise: null);
        HeadReview heads = new(images, Classes, 0.2, new HeadOptions(), TestContext.Current.CancellationToken);
        TrainingReview review = heads.Run(Names, Paths(images), images);

        TrainingReview helped = heads.Run(Names, Paths(images), images, telling);
        TrainingReview repeated = heads.Run(Names, Paths(images), images, equal);

        Assert.True(helped.AugmentationHelps);
        Assert.True(helped.Augmented!.LogLoss < review.LearningCurve[^1].LogLoss);
        Assert.False(repeated.AugmentationHelps);
        Assert.Equal(review.LearningCurve[^1].LogLoss, repeated.Augmented!.LogLoss, 2);
    }

    [Fact]
    public void Very_small_classes_and_very_large_sets_are_not_reviewed()
    {
        HeadTrainingSet small = Clusters(perClass: 7, noise: 1);
        HeadTrainingSet enough = Clusters(perClass: 8, noise: 1);
        HeadTrainingSet wide = new(new FeatureMatrix(40, 2_000_000), [.. Enumerable.Range(0, 40)], [.. Enumerable.Range(0, 40).Select(i => i % Classes)]);

        Assert.False(HeadReview.IsAffordable(small, Classes));
        Assert.True(HeadReview.IsAffordable(enough, Classes));
        Assert.False(HeadReview.IsAffordable(wide, Classes));
    }

    private static TrainingReview Review(HeadTrainingSet images, int threads = 2, double l2 = 0.01) =>
        new HeadReview(images, Classes, l2, new HeadOptions { Threads = threads }, TestContext.Current.CancellationToken).Run(Names, Paths(images), images);

    private static string[] Paths(HeadTrainingSet images) => [.. images.Rows.Select(Path)];

    private static string Path(int row) => FormattableString.Invariant($"{row:D4}.jpg");

    private static int Place(string path) => int.Parse(path[..4], System.Globalization.CultureInfo.InvariantCulture);

    // Points around three centers, one class after the other in turns.
    private static HeadTrainingSet Clusters(int perClass, double noise)
    {
        Random random = new(7);
        FeatureMatrix features = new(Width);
        int[] labels = [.. Enumerable.Range(0, perClass * Classes).Select(i => i % Classes)];
        Array.ForEach(labels, label => features.Add(Point(label, noise, random)));
        return new HeadTrainingSet(features, [.. Enumerable.Range(0, labels.Length)], labels);
    }

    // Each image followed by four copies: around its class's center, or as it is.
    private static HeadTrainingSet WithCopies(HeadTrainingSet images, double? noise)
    {
        Random random = new(8);
        List<int> rows = [];
        List<int> owners = [];
        for (int i = 0; i < images.Rows.Length; i++)
        {
            rows.Add(images.Rows[i]);
            owners.Add(i);
            for (int copy = 0; copy < 4; copy++)
            {
                rows.Add(images.Features.Add(noise is { } spread ? Point(images.Labels[i], spread, random) : images.Features.Row(images.Rows[i]).ToArray()));
                owners.Add(i);
            }
        }

        return new HeadTrainingSet(images.Features, [.. rows], [.. owners.Select(owner => images.Labels[owner])], [.. owners.Select(_ => 0.2f)]);
    }

    private static float[] Point(int label, double noise, Random random) =>
        [.. Enumerable.Range(0, Width).Select(f => (float)((f % Classes == label ? 3 / Math.Sqrt(Width / Classes) : 0) + (noise * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))))];
}
