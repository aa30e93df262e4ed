using InceptionMl.Training.Datasets;
using InceptionMl.Training.Datasets.Internal;
using InceptionMl.Training.Retraining;

namespace InceptionMl.Training.Tests.Retraining;

public sealed class FrozenSplitTests
{
    private static readonly ClassChanges NoChange = new([], [], new Dictionary<string, string>());

    [Fact]
    public void A_frozen_image_stays_in_test_wherever_it_lies_now()
    {
        FrozenSplit split = Hold([("a", SplitPart.Train), ("b", null)], frozen: [(0, "a")]);

        Assert.Equal([0], split.Frozen);
        Assert.Empty(split.Relabels);
    }

    [Fact]
    public void A_changed_label_is_listed_and_without_effect()
    {
        FrozenSplit split = Hold([("b", null), ("a", null)], frozen: [(0, "a")]);

        Assert.Equal("a", split.Samples[0].Label);
        Assert.Equal(new DatasetChanges.TestRelabel("image0", "a", "b"), Assert.Single(split.Relabels));
        Assert.Empty(split.SetAside);
    }

    [Fact]
    public void A_changed_label_that_is_accepted_takes_effect()
    {
        FrozenSplit split = Hold([("b", null), ("a", null)], frozen: [(0, "a")], accept: true);

        Assert.Equal("b", split.Samples[0].Label);
        Assert.Single(split.Relabels);
    }

    [Fact]
    public void An_image_whose_class_is_gone_is_set_aside()
    {
        FrozenSplit split = Hold([("b", null), ("b", null)], frozen: [(1, "a")]);

        Assert.Equal([1], split.SetAside);
    }

    [Fact]
    public void A_renamed_class_takes_its_frozen_images_along()
    {
        FrozenSplit split = Hold([("x", null)], frozen: [(0, "a")], new ClassChanges([], [], new Dictionary<string, string> { ["a"] = "x" }));

        Assert.Equal("x", split.Samples[0].Label);
        Assert.Empty(split.Relabels);
        Assert.Empty(split.SetAside);
    }

    [Fact]
    public void What_is_gone_is_counted() => Assert.Equal(2, Hold([("a", null)], frozen: [(0, "a"), (7, "a"), (8, "b")]).Missing);

    private static FrozenSplit Hold(
        (string Label, SplitPart? Given)[] images, (int Image, string Label)[] frozen, ClassChanges? changes = null, bool accept = false) => FrozenSplit.Hold(
        [.. images.Select((image, i) => new ImageSample($"image{i}", $"/image{i}", image.Label, image.Given))],
        [.. images.Select((_, i) => Content(i))],
        frozen.ToDictionary(entry => Content(entry.Image), entry => entry.Label),
        Twins.None,
        changes ?? NoChange,
        accept);

    private static ContentHash Content(int image) => ContentHash.Compute([(byte)image]);
}
