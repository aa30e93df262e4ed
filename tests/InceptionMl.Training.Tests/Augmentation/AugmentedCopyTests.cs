using CsCheck;
using InceptionMl.Images.Internal;
using InceptionMl.Internal;
using InceptionMl.Training.Augmentation;
using InceptionMl.Training.Datasets.Internal;

namespace InceptionMl.Training.Tests.Augmentation;

public sealed class AugmentedCopyTests
{
    private static readonly ContentHash Content = ContentHash.Compute("a picture"u8);

    [Fact]
    public void SplitMix64_gives_the_published_numbers()
    {
        SplitMix64 random = new(1234567);

        Assert.Equal<ulong>(
            [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821],
            [.. Enumerable.Range(0, 5).Select(_ => random.Next())]);
    }

    [Fact]
    public void A_view_is_decided_by_the_content_and_its_number()
    {
        Assert.Equal(AugmentedCopy.Light(3).Draw(Content), AugmentedCopy.Light(3).Draw(Content));
        Assert.NotEqual(AugmentedCopy.Light(3).Draw(Content), AugmentedCopy.Light(5).Draw(Content));
        Assert.NotEqual(AugmentedCopy.Light(3).Draw(Content), AugmentedCopy.Light(3).Draw(ContentHash.Compute("another"u8)));
    }

    [Fact]
    public void Light_copies_keep_to_their_limits_and_use_them()
    {
        Gen.Select(Gen.ULong, Gen.Int[1, AugmentationSettings.MaxCopies]).Sample((high, number) =>
        {
            ImageVariant copy = AugmentedCopy.Light(number).Draw(new ContentHash((UInt128)high << 64, 0));
            return copy.Crop.Width * copy.Crop.Height is >= 0.79 and <= 1
                && copy.Crop is { Width: > 0.8 and <= 1, Height: > 0.8 and <= 1, X: >= 0 and <= 1, Y: >= 0 and <= 1 }
                && copy.Tone is { Contrast: >= 0.85 and <= 1.15, Brightness: >= 0.85 and <= 1.15 }
                && copy.Mirrored == (number % 2 == 1);
        });
        ImageVariant[] many = [.. Enumerable.Range(0, 500).Select(i => AugmentedCopy.Light(1).Draw(new ContentHash((UInt128)(ulong)i << 64, 0)))];
        Assert.InRange(many.Average(copy => copy.Crop.X), 0.45, 0.55);
        Assert.InRange(many.Average(copy => copy.Tone.Brightness), 0.99, 1.01);
        Assert.InRange(many.Min(copy => copy.Crop.Width * copy.Crop.Height), 0.79, 0.82);
        Assert.InRange(many.Max(copy => copy.Crop.Width * copy.Crop.Height), 0.97, 1);
    }

    [Fact]
    public void Copies_of_less_detail_change_nothing_else_and_span_their_range()
    {
        ImageVariant[] many = [.. Enumerable.Range(0, 500).SelectMany(i => Enumerable.Range(1, 4).Select(number => AugmentedCopy.Quality(number).Draw(new ContentHash((UInt128)(ulong)i << 64, 0))))];

        Assert.All(many, copy => Assert.Equal(ImageVariant.Plain, copy with { Softening = Softening.None }));
        Assert.InRange(many.Min(copy => copy.Softening.Detail), 0.125, 0.126);
        Assert.InRange(many.Max(copy => copy.Softening.Detail), 0.65, 0.667);
        Assert.True(AugmentedCopy.Quality(1).Draw(Content).Softening.Detail < AugmentedCopy.Quality(4).Draw(Content).Softening.Detail);
    }

    [Fact]
    public void More_copies_go_on_where_fewer_ended()
    {
        string[] four = [.. new AugmentationSettings { Kind = AugmentationKind.Light, Copies = 4 }.AugmentedCopies.Select(copy => copy.Name)];
        string[] eight = [.. new AugmentationSettings { Kind = AugmentationKind.Light, Copies = 8 }.AugmentedCopies.Select(copy => copy.Name)];

        Assert.Equal(four, eight[..4]);
        Assert.Equal(8, eight.Distinct().Count());
    }

    [Fact]
    public void Options_say_how_many_copies_an_image_has_and_refuse_what_cannot_be()
    {
        Assert.Equal(1, new AugmentationSettings { Copies = 8 }.CopiesPerImage);
        Assert.Equal(2, new AugmentationSettings { Kind = AugmentationKind.Flip, Copies = 8 }.CopiesPerImage);
        Assert.Equal(9, new AugmentationSettings { Kind = AugmentationKind.Light, Copies = 8 }.CopiesPerImage);
        Assert.All(
            (AugmentationSettings[])
            [
                new() { Kind = AugmentationKind.Light, Copies = 0 },
                new() { Kind = AugmentationKind.Light, Copies = 17 },
                new() { Kind = AugmentationKind.Flip, Copies = 2 },
                new() { Kind = (AugmentationKind)7 },
            ],
            wrong => Assert.Throws<PipelineException>(() => new TrainingSettings { Data = ["images"], Augmentation = wrong }.Validate()));
    }
}
