using System.Numerics;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Training.Tests.Datasets;

public sealed class NearCopiesTests
{
    [Theory]
    [InlineData("half the size")]
    [InlineData("compressed")]
    [InlineData("brighter")]
    [InlineData("darker")]
    [InlineData("mirrored")]
    [InlineData("cropped")]
    public void A_changed_copy_is_found_among_other_pictures(string kind)
    {
        ImageFingerprint[] pictures = [.. Enumerable.Range(0, 20).Select(number => DrawnPictures.Fingerprint(DrawnPictures.Draw(number)))];

        Assert.Equal([(3, 20)], Find([.. pictures, DrawnPictures.Fingerprint(DrawnPictures.Copy(3, kind))]));
    }

    [Fact]
    public void The_looser_rule_finds_what_is_cropped_anywhere_and_all_near_copies()
    {
        ImageFingerprint[] pictures = [.. Enumerable.Range(0, 20).Select(number => DrawnPictures.Fingerprint(DrawnPictures.Draw(number)))];
        ImageFingerprint[] copies = [DrawnPictures.Fingerprint(DrawnPictures.Copy(3, "cropped to a corner")), DrawnPictures.Fingerprint(DrawnPictures.Copy(5, "mirrored"))];

        Assert.Equal([(5, 21)], Find([.. pictures, .. copies]));
        Assert.Equal([(3, 20), (5, 21)], NearCopies.FindAlike([.. pictures, .. copies], cancellationToken: TestContext.Current.CancellationToken).Distinct().Order());
    }

    [Fact]
    public void Different_pictures_are_no_copies() =>
        Assert.Empty(Find([.. Enumerable.Range(0, 60).Select(number => DrawnPictures.Fingerprint(DrawnPictures.Draw(number)))]));

    [Fact]
    public void Pictures_of_one_shade_are_near_copies_of_none()
    {
        ImageFingerprint[] shades = [.. Enumerable.Range(0, 8).Select(shade => DrawnPictures.Fingerprint(DrawnPictures.Plain((byte)(30 * shade))))];

        Assert.All(shades, shade => Assert.True(shade.IsPlain));
        Assert.Empty(Find([.. shades, shades[0]]));
    }

    [Fact]
    public void The_search_finds_what_comparing_every_pair_finds()
    {
        // Thumbnails that are changed step by step, so that many pairs lie just within the rule and just beyond it.
        Random random = new(4);
        List<ImageFingerprint> images = [];
        for (int picture = 0; picture < 12; picture++)
        {
            byte[] gray = Thumbnail(DrawnPictures.Fingerprint(DrawnPictures.Draw(picture)));
            for (int step = 0; step < 20; step++)
            {
                images.Add(ImageFingerprint.FromThumbnail(gray));
                for (int i = 0; i < gray.Length; i++)
                {
                    gray[i] = (byte)Math.Clamp(gray[i] + random.Next(-25, 26), 0, 255);
                }
            }
        }

        List<(int, int)> expected = [];
        List<int> distances = [];
        for (int i = 0; i < images.Count; i++)
        {
            for (int j = i + 1; j < images.Count; j++)
            {
                if (IsFrom(images[i], images[j]) || IsFrom(images[j], images[i]))
                {
                    expected.Add((i, j));
                    distances.Add(BitOperations.PopCount(images[i].Hashes[0] ^ images[j].Hashes[0]));
                }
            }
        }

        Assert.Equal(expected, Find([.. images]));
        Assert.True(distances.Max() >= 4);

        static bool IsFrom(ImageFingerprint whole, ImageFingerprint other) =>
            Enumerable.Range(0, ImageFingerprint.Windows).Any(window => NearCopies.IsNearCopy(whole, other, window));
    }

    [Fact]
    public void Pairs_that_need_not_be_compared_are_left_out()
    {
        ImageFingerprint picture = DrawnPictures.Fingerprint(DrawnPictures.Draw(1));
        ImageFingerprint[] images = [.. Enumerable.Repeat(picture, 50)];
        DisjointSets sets = new(images.Length);
        int pairs = 0;
        foreach ((int first, int second) in NearCopies.Find(images, sets.AreOne, TestContext.Current.CancellationToken))
        {
            sets.Join(first, second);
            pairs++;
        }

        Assert.Single(sets.Sets);
        Assert.InRange(pairs, 49, 50 * 16);
    }

    [Fact]
    public void A_stored_fingerprint_comes_back_as_it_was()
    {
        ImageFingerprint picture = DrawnPictures.Fingerprint(DrawnPictures.Draw(1));
        byte[] stored = picture.ToBytes();

        Assert.Equal(ImageFingerprint.Bytes, stored.Length);
        Assert.Equal(stored, ImageFingerprint.FromBytes(stored).ToBytes());
        Assert.Equal(1, picture.Correlation(ImageFingerprint.FromBytes(stored), 0), 1e-12);
    }

    private static byte[] Thumbnail(ImageFingerprint fingerprint) => fingerprint.ToBytes()[(ImageFingerprint.Windows * sizeof(ulong))..];

    private static (int, int)[] Find(ImageFingerprint[] images) =>
        [.. NearCopies.Find(images, cancellationToken: TestContext.Current.CancellationToken).Distinct().Order()];
}
