using InceptionMl.Images.Internal;
using InceptionMl.Inference.Internal;
using InceptionMl.Internal;
using InceptionMl.Training.Datasets.Internal;

namespace InceptionMl.Training.Augmentation;

/// <summary>A rule that gives every image one copy.</summary>
internal sealed class AugmentedCopy
{
    // They rise whenever the same content would give another copy, so that features cached under older rules are not taken for new ones.
    private const int MirrorVersion = 1;
    private const int LightVersion = 1;
    private const int QualityVersion = 1;

    private const double SmallestArea = 0.8;
    private const double Stretch = 0.1;
    private const double Toning = 0.15;
    private const double LeastDetail = 0.125;
    private const double MostDetail = 2.0 / 3;
    private const int Steps = 4;

    private readonly Func<ContentHash, ImageVariant> draw;

    private AugmentedCopy(string name, Func<ContentHash, ImageVariant> draw)
    {
        Name = name;
        this.draw = draw;
    }

    /// <summary>The image as it is.</summary>
    public static AugmentedCopy Plain { get; } = new(FeatureSpace.PlainView, _ => ImageVariant.Plain);

    /// <summary>The mirror image.</summary>
    public static AugmentedCopy Mirror { get; } = new($"mirror v{MirrorVersion}", _ => new ImageVariant { Mirrored = true });

    /// <summary>Gets the rule's part of the key under which features are cached.</summary>
    public string Name { get; }

    /// <summary>A light change, another one for each image and number.</summary>
    /// <param name="number">From 1; odd numbers are mirrored.</param>
    public static AugmentedCopy Light(int number) =>
        new(FormattableString.Invariant($"light v{LightVersion} number {number}"), content => DrawLight(content, number));

    /// <summary>A loss of detail, another one for each image and number; numbers take turns from much to little.</summary>
    /// <param name="number">From 1.</param>
    public static AugmentedCopy Quality(int number) =>
        new(FormattableString.Invariant($"quality v{QualityVersion} number {number}"), content => DrawQuality(content, number));

    /// <summary>The copy of one image.</summary>
    /// <param name="content">SHA-256 of its file.</param>
    public ImageVariant Draw(ContentHash content) => draw(content);

    private static ImageVariant DrawQuality(ContentHash content, int number)
    {
        double place = (((number - 1) % Steps) + new SplitMix64(content.Draw ^ ((ulong)number << 32)).Between(0, 1)) / Steps;
        return new ImageVariant { Softening = new Softening(LeastDetail * Math.Pow(MostDetail / LeastDetail, place)) };
    }

    private static ImageVariant DrawLight(ContentHash content, int number)
    {
        SplitMix64 random = new(content.Draw ^ ((ulong)number << 32));
        double area = random.Between(SmallestArea, 1);
        double aspect = random.Between(1 - Stretch, 1 / (1 - Stretch));
        return new ImageVariant
        {
            Mirrored = number % 2 == 1,
            Crop = new CropWindow(
                Math.Min(Math.Sqrt(area * aspect), 1), Math.Min(Math.Sqrt(area / aspect), 1), random.Between(0, 1), random.Between(0, 1)),
            Tone = new Tone(random.Between(1 - Toning, 1 + Toning), random.Between(1 - Toning, 1 + Toning)),
        };
    }
}
