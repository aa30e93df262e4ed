using CsCheck;
using InceptionMl.Images;
using InceptionMl.Images.Internal;
using InceptionMl.Training.Augmentation;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Training.Tests.Augmentation;

public sealed class AugmentedViewTests
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
        Assert.Equal(AugmentedView.Light(3).Of(Content), AugmentedView.Light(3).Of(Content));
        Assert.NotEqual(AugmentedView.Light(3).Of(Content), AugmentedView.Light(5).Of(Content));
        Assert.NotEqual(AugmentedView.Light(3).Of(Content), AugmentedView.Light(3).Of(ContentHash.Compute("another"u8)));
    }

    [Fact]
    public void Light_views_keep_to_their_limits_and_use_them()
    {
        Gen.Select(Gen.ULong, Gen.Int[1, AugmentationOptions.MaxViews]).Sample((high, number) =>
        {
            ImageView view = AugmentedView.Light(number).Of(new ContentHash((UInt128)high << 64, 0));
            return view.Crop.Width * view.Crop.Height is >= 0.79 and <= 1
                && view.Crop is { Width: > 0.8 and <= 1, Height: > 0.8 and <= 1, X: >= 0 and <= 1, Y: >= 0 and <= 1 }
                && view.Tone is { Contrast: >= 0.85 and <= 1.15, Brightness: >= 0.85 and <= 1.15 }
                && view.Mirrored == (number % 2 == 1);
        });
        ImageView[] many = [.. Enumerable.Range(0, 500).Select(i => AugmentedView.Light(1).Of(new ContentHash((UInt128)(ulong)i << 64, 0)))];
        Assert.InRange(many.Average(view => view.Crop.X), 0.45, 0.55);
        Assert.InRange(many.Average(view => view.Tone.Brightness), 0.99, 1.01);
        Assert.InRange(many.Min(view => view.Crop.Width * view.Crop.Height), 0.79, 0.82);
        Assert.InRange(many.Max(view => view.Crop.Width * view.Crop.Height), 0.97, 1);
    }

    [Fact]
    public void More_views_go_on_where_fewer_ended()
    {
        string[] four = [.. new AugmentationOptions { Kind = AugmentationKind.Light, Views = 4 }.FurtherViews.Select(view => view.Name)];
        string[] eight = [.. new AugmentationOptions { Kind = AugmentationKind.Light, Views = 8 }.FurtherViews.Select(view => view.Name)];

        Assert.Equal(four, eight[..4]);
        Assert.Equal(8, eight.Distinct().Count());
    }

    [Fact]
    public void Options_say_how_many_views_an_image_has_and_refuse_what_cannot_be()
    {
        Assert.Equal(1, new AugmentationOptions { Views = 8 }.ViewsPerImage);
        Assert.Equal(2, new AugmentationOptions { Kind = AugmentationKind.Flip, Views = 8 }.ViewsPerImage);
        Assert.Equal(9, new AugmentationOptions { Kind = AugmentationKind.Light, Views = 8 }.ViewsPerImage);
        Assert.Throws<ArgumentOutOfRangeException>(() => new AugmentationOptions { Views = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new AugmentationOptions { Views = 17 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new AugmentationOptions { Kind = (AugmentationKind)7 });
    }
}
