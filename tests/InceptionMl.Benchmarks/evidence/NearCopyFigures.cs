using System.Diagnostics;
using System.Globalization;
using InceptionMl.Images;
using InceptionMl.Images.Internal;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Datasets.Internal;
using SkiaSharp;

namespace InceptionMl.Benchmarks.Evidence;

/// <summary>How many near-copies are found, how often different pictures are taken for one, and how long it takes.</summary>
internal static class NearCopyFigures
{
    private const int Pictures = 150;
    private const int Seed = 5;
    private const int TimedPictures = 10_000;

    private static readonly ImagePreparer Preparer = new(new ImagePreprocessing(128, 128));

    /// <summary>Copies of 150 pictures a set, and alarms among all pairs of the set; exact copies are left out.</summary>
    public static void Find(string[] folders)
    {
        Console.WriteLine($"| images | pictures | {string.Join(" | ", ImageCopies.Kinds.Keys)} | alarms |");
        Console.WriteLine($"|---|---|{string.Concat(Enumerable.Repeat("---|", ImageCopies.Kinds.Count))}---|");
        Dictionary<string, (int Found, int All)> totals = ImageCopies.Kinds.Keys.ToDictionary(kind => kind, _ => (0, 0));
        foreach (string folder in folders)
        {
            string[] files = Files(folder);
            string[] drawn = [.. files];
            new Random(Seed).Shuffle(drawn);
            List<string> row = [];
            List<string> looser = [];
            foreach ((string kind, Func<SKBitmap, byte[]> copy) in ImageCopies.Kinds)
            {
                int found = drawn.Take(Pictures).AsParallel().Count(file => IsFound(File.ReadAllBytes(file), copy));
                totals[kind] = (totals[kind].Found + found, totals[kind].All + Math.Min(Pictures, drawn.Length));
                row.Add(Share(found, Math.Min(Pictures, drawn.Length)));
                looser.Add(Share(drawn.Take(Pictures).AsParallel().Count(file => IsFound(File.ReadAllBytes(file), copy, looser: true)), Math.Min(Pictures, drawn.Length)));
            }

            ImageFingerprint[] fingerprints = Fingerprints(files);
            int alarms = NearCopies.Find(fingerprints).Distinct().Count();
            int looserAlarms = NearCopies.FindAlike(fingerprints).Distinct().Count();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {Path.GetFileName(folder)} | {files.Length} | {string.Join(" | ", row)} | {alarms} |"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| ... by the looser rule | | {string.Join(" | ", looser)} | {looserAlarms} |"));
        }

        Console.WriteLine($"| all | | {string.Join(" | ", totals.Values.Select(total => Share(total.Found, total.All)))} | |");
    }

    /// <summary>The seconds that the search takes beside decoding.</summary>
    public static void Time(string[] folders)
    {
        ImageFingerprint[] all = Fingerprints([.. folders.SelectMany(Files)]);
        Console.WriteLine("| pictures | s | pairs |");
        Console.WriteLine("|---|---|---|");
        foreach (int count in (int[])[TimedPictures / 4, TimedPictures])
        {
            ImageFingerprint[] some = [.. Enumerable.Range(0, count).Select(i => all[i % all.Length])];
            long start = Stopwatch.GetTimestamp();
            int pairs = NearCopies.Find(some).Distinct().Count();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {count} | {Stopwatch.GetElapsedTime(start).TotalSeconds:F2} | {pairs} |"));
            start = Stopwatch.GetTimestamp();
            pairs = NearCopies.FindAlike(some).Distinct().Count();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {count}, looser | {Stopwatch.GetElapsedTime(start).TotalSeconds:F2} | {pairs} |"));
        }
    }

    private static string[] Files(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => ImageSignature.HasImageExtension(file))
            .Order(StringComparer.Ordinal)
            .DistinctBy(file => ContentHash.Compute(File.ReadAllBytes(file))),
    ];

    private static ImageFingerprint[] Fingerprints(string[] files) => [.. files.AsParallel().AsOrdered().Select(file => Fingerprint(File.ReadAllBytes(file)))];

    private static ImageFingerprint Fingerprint(byte[] encoded)
    {
        byte[] thumbnail = new byte[GrayThumbnail.Bytes];
        Preparer.Prepare(encoded, [], [], static _ => { }, thumbnail);
        return ImageFingerprint.FromThumbnail(thumbnail);
    }

    private static bool IsFound(byte[] original, Func<SKBitmap, byte[]> copy, bool looser = false)
    {
        using SKBitmap picture = SKBitmap.Decode(original);
        ImageFingerprint[] both = [Fingerprint(original), Fingerprint(copy(picture))];
        return looser ? NearCopies.FindAlike(both).Any() : NearCopies.Find(both).Any();
    }

    private static string Share(int found, int all) => string.Create(CultureInfo.InvariantCulture, $"{100.0 * found / all:F1} %");
}
