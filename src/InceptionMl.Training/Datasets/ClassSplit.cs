using InceptionMl.Training.Datasets.Internal;

namespace InceptionMl.Training.Datasets;

/// <summary>
/// The split of one class, by distinct content. Where a class has images without a given part, those are drawn to all three
/// parts; where it has none, its given training images are drawn to the parts that nothing in the dataset is given to.
/// </summary>
internal sealed class ClassSplit
{
    private static readonly SplitPart[] HeldOut = [SplitPart.Test, SplitPart.Validation];

    // One entry a content, ascending: the order of the draw.
    private readonly SortedDictionary<ContentHash, SplitPart> drawn = [];
    private readonly HashSet<ContentHash>[] given = [[], [], []];
    private readonly Dictionary<ContentHash, SplitPart> settled = [];
    private readonly IReadOnlySet<ContentHash> frozen;
    private readonly SplitFractions fractions;
    private readonly HashSet<SplitPart> targets;
    private readonly bool drawsFromTrain;

    /// <summary>Splits one class.</summary>
    /// <param name="items">Its images.</param>
    /// <param name="known">The parts that contents are given to anywhere in the dataset: their copies follow them.</param>
    /// <param name="givenParts">The parts that anything in the dataset is given to.</param>
    /// <param name="frozen">Contents that are in test before anything else is looked at.</param>
    /// <param name="shared">The parts of contents that stand under other labels too, instead of what is drawn.</param>
    /// <param name="fractions">How much to hold out.</param>
    public ClassSplit(
        IReadOnlyList<SplitItem> items,
        IReadOnlyDictionary<ContentHash, SplitPart> known,
        IReadOnlySet<SplitPart> givenParts,
        IReadOnlySet<ContentHash> frozen,
        IReadOnlyDictionary<ContentHash, SplitPart> shared,
        SplitFractions fractions)
    {
        this.frozen = frozen;
        this.fractions = fractions;
        drawsFromTrain = items.All(item => item.Sample.Given is not null);
        targets = [.. HeldOut.Where(part => Fraction(part) > 0 && !(drawsFromTrain && givenParts.Contains(part)))];
        foreach (SplitItem item in items)
        {
            SplitPart? fixedPart = frozen.Contains(item.Hash) ? SplitPart.Test
                : drawsFromTrain && item.Sample.Given == SplitPart.Train ? null
                : item.Sample.Given ?? (known.TryGetValue(item.Hash, out SplitPart part) ? part : null);
            if (fixedPart is { } fixedTo)
            {
                given[(int)fixedTo].Add(item.Hash);
            }
            else if (shared.TryGetValue(item.Hash, out SplitPart others))
            {
                settled[item.Hash] = others;
            }
            else
            {
                drawn[item.Hash] = ByContent(item.Hash);
            }
        }

        MoveLowest();
        KeepTraining();
    }

    /// <summary>Gets the held-out parts that were empty by content and were given the image with the lowest draw.</summary>
    public List<SplitPart> Filled { get; } = [];

    /// <summary>Gets the held-out parts that stay empty.</summary>
    public IEnumerable<SplitPart> LeftWithout => HeldOut.Where(part => Fraction(part) > 0 && Count(part) == 0);

    /// <summary>Gets a value that indicates whether the content put every image outside the training part, and one was taken back.</summary>
    public bool TrainingTookOne { get; private set; }

    /// <summary>Gets a value that indicates whether there is nothing to train on.</summary>
    public bool HasNoTraining => Count(SplitPart.Train) == 0;

    /// <summary>Gets the part of a content of the class that no given or frozen part holds it in; null if one does.</summary>
    public SplitPart? FreePart(ContentHash content) =>
        drawn.TryGetValue(content, out SplitPart part) || settled.TryGetValue(content, out part) ? part : null;

    /// <summary>Determines whether a content is given to test or validation, or frozen.</summary>
    public bool HoldsOut(ContentHash content) => HeldOut.Any(part => given[(int)part].Contains(content));

    /// <summary>Gets the part of one of the class's images.</summary>
    public SplitPart PartOf(SplitItem item) =>
        frozen.Contains(item.Hash) ? SplitPart.Test
        : item.Sample.Given is { } part && !(drawsFromTrain && part == SplitPart.Train) ? part
        : FreePart(item.Hash) is { } byContent ? byContent
        : HeldOut.Where(held => given[(int)held].Contains(item.Hash)).Append(SplitPart.Train).First();

    private SplitPart ByContent(ContentHash hash)
    {
        SplitPart part = hash.Draw < fractions.TestBelow ? SplitPart.Test
            : hash.Draw < fractions.ValidationBelow ? SplitPart.Validation
            : SplitPart.Train;
        return targets.Contains(part) ? part : SplitPart.Train;
    }

    private void MoveLowest()
    {
        foreach (SplitPart part in HeldOut.Where(part => targets.Contains(part) && Count(part) == 0))
        {
            ContentHash[] lowest = [.. drawn.Where(content => content.Value != SplitPart.Test && content.Value != part).Select(content => content.Key).Take(1)];
            bool isLastToTrainOn = lowest is [var only] && drawn[only] == SplitPart.Train && Count(SplitPart.Train) == 1;
            if (lowest.Length == 1 && !isLastToTrainOn)
            {
                drawn[lowest[0]] = part;
                Filled.Add(part);
            }
        }
    }

    private void KeepTraining()
    {
        if (drawn.Count == 0 || Count(SplitPart.Train) > 0)
        {
            return;
        }

        SplitPart larger = Drawn(SplitPart.Test) > Drawn(SplitPart.Validation) ? SplitPart.Test : SplitPart.Validation;
        ContentHash highest = drawn.Last(content => content.Value == larger).Key;
        drawn[highest] = SplitPart.Train;
        TrainingTookOne = true;
        Filled.RemoveAll(part => Count(part) == 0);
    }

    private double Fraction(SplitPart part) => part == SplitPart.Test ? fractions.Test : fractions.Validation;

    private int Count(SplitPart part) => given[(int)part].Count + settled.Count(content => content.Value == part) + Drawn(part);

    private int Drawn(SplitPart part) => drawn.Count(content => content.Value == part);
}
