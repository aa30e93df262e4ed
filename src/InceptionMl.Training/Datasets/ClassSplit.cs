using InceptionMl.Training.Datasets.Internal;

namespace InceptionMl.Training.Datasets;

/// <summary>
/// The split of one class, by units of distinct contents. Where a class has images without a given part, those are drawn to all three
/// parts; where it has none, its given training images are drawn to the parts that nothing in the dataset is given to.
/// </summary>
internal sealed class ClassSplit
{
    private const double Rounding = 1e-9;

    private static readonly SplitPart[] HeldOut = [SplitPart.Test, SplitPart.Validation];

    // Ascending: the order of the draw.
    private readonly SortedDictionary<SplitUnit, SplitPart> drawn = [];
    private readonly Dictionary<SplitUnit, SplitPart> settled = [];
    private readonly HashSet<SplitUnit>[] given = [[], [], []];
    private readonly HashSet<ContentHash>[] givenContents = [[], [], []];
    private readonly Dictionary<SplitUnit, HashSet<ContentHash>> contents = [];
    private readonly IReadOnlySet<ContentHash> frozen;
    private readonly SplitFractions fractions;
    private readonly HashSet<SplitPart> targets;
    private readonly bool drawsFromTrain;

    /// <summary>Splits one class.</summary>
    /// <param name="items">Its images.</param>
    /// <param name="known">The parts that units are given to anywhere in the dataset: their other images follow.</param>
    /// <param name="givenParts">The parts that anything in the dataset is given to.</param>
    /// <param name="frozen">Contents that are in test before anything else is looked at.</param>
    /// <param name="shared">The parts of units that have images of other labels too, instead of what is drawn.</param>
    /// <param name="fractions">How much to hold out.</param>
    public ClassSplit(
        IReadOnlyList<SplitItem> items,
        IReadOnlyDictionary<SplitUnit, SplitPart> known,
        IReadOnlySet<SplitPart> givenParts,
        IReadOnlySet<ContentHash> frozen,
        IReadOnlyDictionary<SplitUnit, SplitPart> shared,
        SplitFractions fractions)
    {
        this.frozen = frozen;
        this.fractions = fractions;
        drawsFromTrain = items.All(item => item.Sample.Given is not null);
        targets = [.. HeldOut.Where(part => fractions.Of(part) > 0 && !(drawsFromTrain && givenParts.Contains(part)))];
        HashSet<SplitUnit> withFrozen = [.. items.Where(item => frozen.Contains(item.Hash)).Select(item => item.Unit)];
        foreach (SplitItem item in items)
        {
            SplitPart? fixedPart = frozen.Contains(item.Hash) || (IsDrawnFromTrain(item) && withFrozen.Contains(item.Unit)) ? SplitPart.Test
                : IsDrawnFromTrain(item) ? null
                : item.Sample.Given ?? (known.TryGetValue(item.Unit, out SplitPart part) ? part : null);
            if (fixedPart is { } fixedTo)
            {
                given[(int)fixedTo].Add(item.Unit);
                givenContents[(int)fixedTo].Add(item.Hash);
                continue;
            }

            contents.TryAdd(item.Unit, []);
            contents[item.Unit].Add(item.Hash);
            if (shared.TryGetValue(item.Unit, out SplitPart others))
            {
                settled[item.Unit] = others;
            }
            else
            {
                SplitPart byDraw = fractions.PartOf(item.Unit.Draw);
                drawn[item.Unit] = targets.Contains(byDraw) ? byDraw : SplitPart.Train;
            }
        }

        foreach (SplitPart part in HeldOut.Where(targets.Contains))
        {
            Fill(part);
        }

        KeepTraining();
    }

    /// <summary>Gets the held-out parts that were empty by content and were given one image, that with the lowest draw.</summary>
    public List<SplitPart> Filled { get; } = [];

    /// <summary>Gets how many images were moved to a part that had less than half its share by content.</summary>
    public Dictionary<SplitPart, int> Raised { get; } = [];

    /// <summary>Gets the held-out parts that stay empty.</summary>
    public IEnumerable<SplitPart> LeftWithout => HeldOut.Where(part => fractions.Of(part) > 0 && Count(part) == 0);

    /// <summary>Gets a value that indicates whether the content put every image outside the training part, and one was taken back.</summary>
    public bool TrainingTookOne { get; private set; }

    /// <summary>Gets a value that indicates whether there is nothing to train on.</summary>
    public bool HasNoTraining => Count(SplitPart.Train) == 0;

    /// <summary>Gets the part of a unit of the class that no given or frozen part holds it in; null if one does.</summary>
    public SplitPart? FreePart(SplitUnit unit) =>
        drawn.TryGetValue(unit, out SplitPart part) || settled.TryGetValue(unit, out part) ? part : null;

    /// <summary>Determines whether images of a unit are given to test or validation, or frozen.</summary>
    public bool HoldsOut(SplitUnit unit) => HeldOut.Any(part => given[(int)part].Contains(unit));

    /// <summary>Gets the part of one of the class's images.</summary>
    public SplitPart PartOf(SplitItem item) =>
        frozen.Contains(item.Hash) ? SplitPart.Test
        : item.Sample.Given is { } part && !IsDrawnFromTrain(item) ? part
        : FreePart(item.Unit) is { } byContent ? byContent
        : HeldOut.Where(held => given[(int)held].Contains(item.Unit)).Append(SplitPart.Train).First();

    private bool IsDrawnFromTrain(SplitItem item) => drawsFromTrain && item.Sample.Given == SplitPart.Train;

    // Test to half its share, and validation where it is empty. By rank, so that hardly an image moves when a class grows.
    private void Fill(SplitPart part)
    {
        double share = fractions.Of(part) * (givenContents.Sum(of => of.Count) + contents.Values.Sum(of => of.Count));
        int least = part == SplitPart.Test ? (int)Math.Ceiling((share / 2) - Rounding) : 1;
        int before = Count(part);
        int count = before;
        int training = Count(SplitPart.Train);
        SplitUnit[] candidates = [.. drawn.Where(unit => unit.Value != SplitPart.Test && unit.Value != part).Select(unit => unit.Key)];
        foreach (SplitUnit unit in candidates.TakeWhile(_ => count < least).Where(unit => count + Size(unit) <= Math.Max(share, least)))
        {
            Move(unit);
        }

        // Where all groups are larger than the share, the smallest.
        foreach (SplitUnit unit in candidates.OrderBy(Size).TakeWhile(_ => count == 0))
        {
            Move(unit);
        }

        int moved = count - before;
        if (before == 0 && moved == 1)
        {
            Filled.Add(part);
        }
        else if (moved > 0)
        {
            Raised[part] = moved;
        }

        void Move(SplitUnit unit)
        {
            bool isTrained = drawn[unit] == SplitPart.Train;
            if (isTrained && training == Size(unit))
            {
                return;
            }

            training -= isTrained ? Size(unit) : 0;
            count += Size(unit);
            drawn[unit] = part;
        }
    }

    private void KeepTraining()
    {
        if (drawn.Count == 0 || Count(SplitPart.Train) > 0)
        {
            return;
        }

        SplitPart larger = Drawn(SplitPart.Test) > Drawn(SplitPart.Validation) ? SplitPart.Test : SplitPart.Validation;
        SplitUnit highest = drawn.Last(unit => unit.Value == larger).Key;
        drawn[highest] = SplitPart.Train;
        TrainingTookOne = true;
        if (Count(larger) == 0)
        {
            Filled.Remove(larger);
            Raised.Remove(larger);
        }
    }

    private int Size(SplitUnit unit) => contents[unit].Count;

    private int Count(SplitPart part) => givenContents[(int)part].Count + settled.Where(unit => unit.Value == part).Sum(unit => Size(unit.Key)) + Drawn(part);

    private int Drawn(SplitPart part) => drawn.Where(unit => unit.Value == part).Sum(unit => Size(unit.Key));
}
