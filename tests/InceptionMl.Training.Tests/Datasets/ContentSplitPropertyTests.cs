using System.Numerics;
using CsCheck;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Datasets.Internal;
using static InceptionMl.Training.Datasets.SplitPart;
using static InceptionMl.Training.Tests.Datasets.TestDatasets;

namespace InceptionMl.Training.Tests.Datasets;

public sealed class ContentSplitPropertyTests
{
    private const long Iterations = 1000;

    private static readonly Gen<SplitFractions> Fractions =
        Gen.Select(Gen.Double[0, 0.49], Gen.Double[0, 0.49]).Select((test, validation) => new SplitFractions(test, validation));

    private static readonly Gen<(ulong Draw, int Label)[]> Draws = Gen.Select(
        Gen.OneOf(Gen.ULong, Gen.ULong, Gen.ULong[1, 6].Select(i => i * 0x1234_5678_9abc_def0UL)), Gen.Int[0, 3])
        .Array[1, 60];

    // Few labels and few contents, so that small classes and copies are common; every third content is one of a handful.
    private static readonly Gen<SplitItem[]> Items =
        Draws.Select(draws => draws.Select(of => Item(of.Draw, $"c{of.Label}", low: (ulong)of.Label)).ToArray());

    // The same with copies across labels, some of them given to a part.
    private static readonly Gen<SplitItem[]> SharedItems = Gen.Select(Draws, Gen.Int[0, 2], Gen.Int[1, 9]).Select((draws, mode, every) =>
        draws.Select((of, i) => Item(of.Draw, $"c{of.Label}", mode == 0 ? null : mode == 1 || i % every > 0 ? Train : null)).ToArray());

    [Fact]
    public void The_split_is_the_rule_in_whole_numbers_but_for_contents_that_fill_a_small_part() =>
        Gen.Select(Items, Fractions).Sample((items, fractions) =>
        {
            IReadOnlyList<SplitPart> parts = Split(items, fractions).Parts;
            foreach (var ofClass in items.Zip(parts).GroupBy(pair => pair.First.Sample.Label))
            {
                int moved = ofClass.Where(pair => pair.Second != Reference(pair.First.Hash, fractions)).Select(pair => pair.First.Hash).Distinct().Count();
                int lacking = Lacking(ofClass.Select(pair => pair.First), fractions);
                Assert.InRange(moved, 0, lacking + 2);
                bool hadAll = Enum.GetValues<SplitPart>().All(part => IsOff(part, fractions) || ofClass.Any(pair => Reference(pair.First.Hash, fractions) == part));
                Assert.True(!hadAll || lacking > 0 || moved == 0);
                int tested = ofClass.Where(pair => pair.Second == Test).Select(pair => pair.First.Hash).Distinct().Count();
                int trained = ofClass.Where(pair => pair.Second == Train).Select(pair => pair.First.Hash).Distinct().Count();
                Assert.True(trained == 1 || tested >= ofClass.Select(pair => pair.First.Hash).Distinct().Count() * fractions.Test / 2);
            }
        }, iter: Iterations);

    [Fact]
    public void Every_class_has_training_images_and_with_three_contents_in_train_all_parts() =>
        Gen.Select(Items, Fractions).Sample((items, fractions) =>
        {
            IReadOnlyList<SplitPart> parts = Split(items, fractions).Parts;
            foreach (var ofClass in items.Zip(parts).GroupBy(pair => pair.First.Sample.Label))
            {
                HashSet<SplitPart> has = [.. ofClass.Select(pair => pair.Second)];
                Assert.Contains(Train, has);
                int trainable = ofClass.Where(pair => Reference(pair.First.Hash, fractions) == Train).Select(pair => pair.First.Hash).Distinct().Count();
                Assert.All(Enum.GetValues<SplitPart>(), part => Assert.True(trainable < 3 || IsOff(part, fractions) || has.Contains(part)));
            }
        }, iter: Iterations);

    [Fact]
    public void The_order_of_the_images_does_not_matter() =>
        Gen.Select(Items, Fractions, Gen.Int).Sample((items, fractions, seed) =>
        {
            int[] order = [.. Enumerable.Range(0, items.Length)];
            new Random(seed).Shuffle(order);
            SplitResult straight = Split(items, fractions);
            SplitResult shuffled = Split([.. order.Select(i => items[i])], fractions);
            Assert.Equal(order.Select(i => straight.Parts[i]), shuffled.Parts);
            Assert.Equal(straight.Diagnostics, shuffled.Diagnostics);
        }, iter: Iterations);

    [Fact]
    public void Copies_land_on_one_side_whatever_their_labels_and_every_class_keeps_something_to_train_on() =>
        Gen.Select(SharedItems, Fractions, Gen.Int).Sample((items, fractions, seed) =>
        {
            IReadOnlyList<SplitPart> parts = Split(items, fractions).Parts;
            Assert.All(items.Zip(parts).GroupBy(pair => pair.First.Hash), copies => Assert.Single(copies.Select(pair => pair.Second).Distinct()));
            Assert.All(items.Zip(parts).GroupBy(pair => pair.First.Sample.Label), ofClass => Assert.Contains(ofClass, pair => pair.Second == Train));
            int[] order = [.. Enumerable.Range(0, items.Length)];
            new Random(seed).Shuffle(order);
            Assert.Equal(order.Select(i => parts[i]), Split([.. order.Select(i => items[i])], fractions).Parts);
        }, iter: Iterations);

    [Fact]
    public void Copies_in_a_class_land_on_one_side() =>
        Gen.Select(Items, Fractions).Sample((items, fractions) =>
            Assert.All(
                items.Zip(Split(items, fractions).Parts).GroupBy(pair => (pair.First.Sample.Label, pair.First.Hash)),
                copies => Assert.Single(copies.Select(pair => pair.Second).Distinct())), iter: Iterations);

    [Fact]
    public void New_images_move_none_of_a_class_that_had_all_parts_by_content() =>
        Gen.Select(Items, Items, Fractions).Sample((items, more, fractions) =>
        {
            IReadOnlyList<SplitPart> before = Split(items, fractions).Parts;
            IReadOnlyList<SplitPart> after = Split([.. items, .. more], fractions).Parts;
            HashSet<string> unsettled = [.. items.Where((item, i) => before[i] != Reference(item.Hash, fractions)).Select(item => item.Sample.Label)];
            for (int i = 0; i < items.Length; i++)
            {
                bool wasSettled = !unsettled.Contains(items[i].Sample.Label)
                    && Enum.GetValues<SplitPart>().All(part => IsOff(part, fractions) || items.Where((item, j) => item.Sample.Label == items[i].Sample.Label && before[j] == part).Any());
                bool isFilled = Lacking([.. items.Concat(more).Where(item => item.Sample.Label == items[i].Sample.Label)], fractions) > 0;
                Assert.True(!wasSettled || isFilled || before[i] == after[i]);
            }
        }, iter: Iterations);

    [Fact]
    public void The_parts_are_as_large_as_asked_for()
    {
        SplitItem[] items = [.. Enumerable.Range(0, 20_000).Select(i => new SplitItem(new ImageSample($"{i}", $"{i}", "a"), ContentHash.Compute(BitConverter.GetBytes(i))))];
        IReadOnlyList<SplitPart> parts = Split(items, new SplitFractions(0.1, 0.25)).Parts;

        // Five standard deviations of a binomial count.
        Assert.InRange(parts.Count(part => part == Test), 2000 - 212, 2000 + 212);
        Assert.InRange(parts.Count(part => part == Validation), 5000 - 306, 5000 + 306);
    }

    [Fact]
    public void Images_of_a_unit_land_on_one_side_whatever_their_labels() =>
        Gen.Select(SharedItems, Fractions, Gen.Int[1, 20]).Sample((items, fractions, units) =>
        {
            // Every so many contents are one unit; a unit is known by its smallest hash.
            SplitItem[] grouped =
            [
                .. items.GroupBy(item => item.Hash.Draw % (ulong)units).SelectMany(group =>
                {
                    SplitUnit unit = SplitUnit.FromContents(group.Min(item => item.Hash), group.Select(item => item.Hash).Distinct().Count());
                    return group.Select(item => item with { Unit = unit });
                }),
            ];
            Assert.All(
                grouped.Zip(Split(grouped, fractions).Parts).GroupBy(pair => pair.First.Unit),
                unit => Assert.Single(unit.Select(pair => pair.Second).Distinct()));
        }, iter: Iterations);

    /// <summary>How many contents of one class its test part lacks by content, to half its share.</summary>
    private static int Lacking(IEnumerable<SplitItem> ofClass, SplitFractions fractions)
    {
        ContentHash[] contents = [.. ofClass.Select(item => item.Hash).Distinct()];
        return Math.Max(0, (int)Math.Ceiling((contents.Length * fractions.Test / 2) - 1e-9) - contents.Count(hash => Reference(hash, fractions) == Test));
    }

    private static bool IsOff(SplitPart part, SplitFractions fractions) =>
        (part == Test && fractions.Test == 0) || (part == Validation && fractions.Validation == 0);

    private static SplitPart Reference(ContentHash hash, SplitFractions fractions)
    {
        BigInteger draw = BigInteger.Parse("0" + hash.ToString()[..16], System.Globalization.NumberStyles.HexNumber, null);
        return IsBelow(draw, fractions.Test) ? Test : IsBelow(draw, fractions.Test + fractions.Validation) ? Validation : Train;
    }

    /// <summary>draw / 2^64 &lt; fraction, both sides times 2^64 * 2^1074: whole numbers for any double.</summary>
    private static bool IsBelow(BigInteger draw, double fraction)
    {
        long bits = BitConverter.DoubleToInt64Bits(fraction);
        int exponent = (int)(bits >> 52);
        BigInteger mantissa = (bits & ((1L << 52) - 1)) | (exponent == 0 ? 0 : 1L << 52);
        return draw << 1074 < (mantissa << Math.Max(exponent - 1, 0)) << 64;
    }
}
