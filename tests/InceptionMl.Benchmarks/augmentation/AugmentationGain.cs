using System.Globalization;
using System.Text;
using InceptionMl.Training;
using InceptionMl.Training.Augmentation;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Datasets.Internal;

namespace InceptionMl.Benchmarks.Augmentation;

/// <summary>
/// What augmentation gains on small sets: trains on a few images a class with each augmentation and tests on others, several times over other
/// images, as far as a class has others. The test images stay the same; all draws are by content.
/// </summary>
internal static class AugmentationGain
{
    public static async Task<int> RunAsync(Options options)
    {
        string[] folders = options.Texts("--images");
        int[] perClass = [.. options.Texts("--per-class").Select(Parse)];
        int[] copies = [.. options.Texts("--copies").Select(Parse)];
        int rounds = options.Number("--rounds", 3);
        int test = options.Number("--test", 100);
        DirectoryInfo scratch = Directory.CreateTempSubdirectory("inceptionml-augmentation-");
        try
        {
            Console.WriteLine("| images | a class | augmentation | accuracy % | log loss |");
            Console.WriteLine("|---|---|---|---|---|");
            foreach (string folder in folders)
            {
                ILookup<string, string> images = ByClass(folder);
                foreach (int count in perClass)
                {
                    foreach (AugmentationSettings augmentation in Contenders(copies))
                    {
                        List<TrainResult> results = [];
                        for (int round = 0; round < rounds; round++)
                        {
                            results.Add(await TrainAsync(scratch, images, test, count, round, augmentation));
                        }

                        Print(folder, count, augmentation, results);
                    }
                }
            }

            return 0;
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static IEnumerable<AugmentationSettings> Contenders(int[] copies) =>
    [
        new(),
        new() { Kind = AugmentationKind.Flip },
        .. copies.Select(count => new AugmentationSettings { Kind = AugmentationKind.Light, Copies = count }),
    ];

    /// <summary>The images of each class, in the order of their content.</summary>
    private static ILookup<string, string> ByClass(string folder) => ImageDataset.Open(folder).Samples
        .Select(sample => (sample.Label, sample.FullPath, Hash: ContentHash.Compute(File.ReadAllBytes(sample.FullPath))))
        .DistinctBy(image => image.Hash)
        .OrderBy(image => image.Hash)
        .ToLookup(image => image.Label, image => image.FullPath);

    private static async Task<TrainResult> TrainAsync(
        DirectoryInfo scratch, ILookup<string, string> images, int test, int count, int round, AugmentationSettings augmentation)
    {
        StringBuilder manifest = new("path,label,split\n");
        foreach (IGrouping<string, string> ofClass in images)
        {
            // Validation as a tenth is of what a person gives; at least two, so that L2 is not chosen by one image a class.
            int validation = Math.Max(2, count / 10);
            string[] rest = [.. ofClass.Skip(test)];
            IEnumerable<string> drawn = Enumerable.Range(round * count, Math.Min(count, rest.Length)).Select(i => rest[i % rest.Length]);
            foreach ((int place, string path) in ofClass.Take(test).Select(path => (-1, path)).Concat(drawn.Index()))
            {
                string part = place < 0 ? "test" : place < validation ? "validation" : "train";
                manifest.AppendLine(CultureInfo.InvariantCulture, $"\"{path}\",{ofClass.Key},{part}");
            }
        }

        string list = Path.Combine(scratch.FullName, "images.csv");
        await File.WriteAllTextAsync(list, manifest.ToString());
        ImageTrainer trainer = new(new TrainingSettings { Data = [list], Augmentation = augmentation, Cache = Path.Combine(scratch.FullName, "cache") });
        return await trainer.TrainAsync(Path.Combine(scratch.FullName, "model.zip"));
    }

    private static void Print(string set, int count, AugmentationSettings augmentation, List<TrainResult> results) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {set} | {count} | {Name(augmentation)} | {100 * results.Average(r => r.Test.Accuracy):F2} | {results.Average(r => r.Test.LogLoss):F4} |"));

    private static string Name(AugmentationSettings augmentation) => augmentation.Kind switch
    {
        AugmentationKind.Light => FormattableString.Invariant($"light, {augmentation.Copies} augmented copies"),
        AugmentationKind.Flip => "flip",
        _ => "none",
    };

    private static int Parse(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
