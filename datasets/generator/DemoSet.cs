using DemoImages.Fasteners;

namespace DemoImages;

/// <summary>What the set holds: six classes, 60 training and 20 test images each.</summary>
internal static class DemoSet
{
    private const int TrainingImages = 60;
    private const int TestImages = 20;

    public static IReadOnlyDictionary<string, Func<RandomSequence, IFastener>> Classes { get; } =
        new SortedDictionary<string, Func<RandomSequence, IFastener>>(StringComparer.Ordinal)
        {
            ["bolt"] = random => new Bolt(random),
            ["nut"] = random => new Nut(random),
            ["rivet"] = random => new Rivet(random),
            ["screw"] = random => new Screw(random),
            ["split-pin"] = random => new SplitPin(random),
            ["washer"] = random => new Washer(random),
        };

    public static IReadOnlyList<DemoImage> Images { get; } =
    [
        .. from label in Classes.Keys
           from index in Enumerable.Range(0, TrainingImages + TestImages)
           let part = index < TrainingImages ? "train" : "test"
           select new DemoImage(label, index, $"{part}/{label}/{label}-{index:D3}.jpg"),
    ];
}
