using InceptionMl.Training.Datasets;
using InceptionMl.Training.Datasets.Internal;
using static InceptionMl.Training.Datasets.SplitPart;

namespace InceptionMl.Training.Tests.Datasets;

public sealed class ImageGroupsTests
{
    [Fact]
    public void Copies_and_near_copies_of_one_label_are_one_unit_and_groups_too()
    {
        byte[] first = DrawnPictures.Draw(1), second = DrawnPictures.Draw(2);
        (ImageSample, byte[])[] images =
        [
            (Sample("1", "a"), first), (Sample("2", "a"), first), (Sample("3", "a"), DrawnPictures.Copy(1, "mirrored")),
            (Sample("4", "a"), second), (Sample("5", "b"), DrawnPictures.Copy(2, "darker")),
            (Sample("6", "a") with { Group = "g" }, DrawnPictures.Draw(6)), (Sample("7", "b") with { Group = "g" }, DrawnPictures.Draw(7)),
        ];

        IReadOnlyList<SplitUnit> units = Group(images).Units;

        Assert.Equal([0, 0, 0, 3, 4, 5, 5], units.Select(unit => units.Index().First(other => other.Item == unit).Index));
        Assert.Equal(Hash(second), units[3].Smallest);
        Assert.Equal(Hash(second).Draw, units[3].Draw);
    }

    [Fact]
    public void Without_fingerprints_only_copies_and_groups_count()
    {
        byte[] first = DrawnPictures.Draw(1);
        ImageSample[] samples = [Sample("1", "a"), Sample("2", "a"), Sample("3", "a")];
        ContentHash[] hashes = [Hash(first), Hash(first), Hash(DrawnPictures.Copy(1, "mirrored"))];

        IReadOnlyList<SplitUnit> units = ImageGroups.Create(samples, hashes, [], cancellationToken: TestContext.Current.CancellationToken).Units;

        Assert.Equal(units[0], units[1]);
        Assert.NotEqual(units[0], units[2]);
    }

    [Fact]
    public void What_a_person_should_know_names_counts_and_examples()
    {
        (ImageSample, byte[])[] images =
        [
            (Sample("1", "a"), DrawnPictures.Draw(1)), (Sample("2", "a"), DrawnPictures.Copy(1, "brighter")), (Sample("3", "b"), DrawnPictures.Copy(1, "darker")),
            .. Enumerable.Range(10, 4).Select(number => (Sample($"{number}", "a"), DrawnPictures.Draw(number))),
            .. Enumerable.Range(20, 4).Select(number => (Sample($"{number}", "b"), DrawnPictures.Draw(number))),
        ];
        ContentHash[] hashes = [.. images.Select(image => Hash(image.Item2))];

        Diagnostic[] told = [.. Group(images).Diagnose([.. images.Select(_ => Train)], new SplitFractions(0, 0), hashes)];

        Assert.Equal([DiagnosticIds.NearCopies, DiagnosticIds.LargeGroups, DiagnosticIds.NearCopiesUnderTwoLabels], told.Select(one => one.Id));
        Assert.StartsWith("2 images are copies or near-copies of others (1 group of 2), such as '1', '2'. A group", told[0].Message, StringComparison.Ordinal);
        Assert.Contains("'a (2 of 6 images, such as 1)'", told[1].Message, StringComparison.Ordinal);
        Assert.Contains("(3)", told[2].Message, StringComparison.Ordinal);
        Assert.Contains("'1', '2', '3'", told[2].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Test_images_with_a_copy_in_another_part_are_found()
    {
        (ImageSample, byte[])[] images =
        [
            (Sample("1", "a"), DrawnPictures.Draw(1)), (Sample("2", "a"), DrawnPictures.Copy(1, "brighter")), (Sample("3", "a"), DrawnPictures.Draw(3)),
        ];

        Assert.Equal([1], Group(images).TestImagesWithCopies([Train, Test, Test]));
        Assert.Empty(Group(images).TestImagesWithCopies([Test, Test, Train]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    public void The_draw_of_a_group_is_even_whatever_its_size(int contents)
    {
        const int Groups = 20_000;
        SplitFractions fractions = new(0.1, 0.2);
        SplitPart[] parts =
        [
            .. Enumerable.Range(0, Groups).Select(group =>
                fractions.PartOf(SplitUnit.FromContents(Enumerable.Range(0, contents).Select(i => Hash(BitConverter.GetBytes((group * 100) + i))).Min(), contents).Draw)),
        ];

        // Five standard deviations of a binomial count.
        Assert.InRange(parts.Count(part => part == Test), 2000 - 212, 2000 + 212);
        Assert.InRange(parts.Count(part => part == Validation), 4000 - 283, 4000 + 283);
    }

    [Fact]
    public void The_draw_of_a_group_rises_with_its_smallest_hash()
    {
        ulong[] draws = [0, 1, 1UL << 40, 1UL << 63, ulong.MaxValue - 1, ulong.MaxValue];
        SplitUnit[] units = [.. draws.Select(draw => SplitUnit.FromContents(new ContentHash((UInt128)draw << 64, 0), 7))];

        Assert.Equal(units.Order(), units);
        Assert.Equal(0UL, units[0].Draw);
        Assert.Equal(draws, draws.Select(draw => SplitUnit.FromContents(new ContentHash((UInt128)draw << 64, 0), 1).Draw));
    }

    private static ImageSample Sample(string path, string label) => new(path, path, label);

    private static ContentHash Hash(byte[] content) => ContentHash.Compute(content);

    private static ImageGroups Group((ImageSample Sample, byte[] Content)[] images) => ImageGroups.Create(
        [.. images.Select(image => image.Sample)],
        [.. images.Select(image => Hash(image.Content))],
        [.. images.Select(image => DrawnPictures.Fingerprint(image.Content))],
        cancellationToken: TestContext.Current.CancellationToken);
}
