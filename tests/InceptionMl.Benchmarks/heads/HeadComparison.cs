using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CsvHelper;
using InceptionMl.Models.Internal;
using InceptionMl.Training;
using InceptionMl.Training.Features;

namespace InceptionMl.Benchmarks.Heads;

/// <summary>
/// Searches and fits a head on each given partition of a feature file (path,sha256,label,f0,f1,...) and writes the test
/// probabilities; compare_sklearn.py makes the partitions and reads the result.
/// </summary>
internal static class HeadComparison
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static void Run(string featuresPath, string partitionsPath, string resultsPath, string kind)
    {
        (FeatureMatrix features, int[] labels, int classes) = Read(featuresPath);
        Partition[] partitions = JsonSerializer.Deserialize<Partition[]>(File.ReadAllText(partitionsPath), Json)!;
        using FileStream file = File.Create(resultsPath);
        JsonSerializer.Serialize(file, partitions.Select(partition => Fit(features, labels, classes, partition, kind)), Json);
    }

    private static Result Fit(FeatureMatrix features, int[] labels, int classes, Partition partition, string kind)
    {
        Stopwatch watch = Stopwatch.StartNew();
        HeadSearchResult found = HeadSearch.Run(
            Set(partition.Train), Set(partition.Validation), classes, new HeadOptions(new TrainingSettings { Heads = new HeadSettings { Try = kind == "auto" ? new HeadSettings().Try : [Enum.Parse<HeadKind>(kind, ignoreCase: true)] } }));
        double seconds = watch.Elapsed.TotalSeconds;
        return new Result(found.Trainer, found.L2, seconds, found.Candidates, [.. partition.Test.Select(row => Probabilities(found.Head, features.Row(row)))]);
        HeadTrainingSet Set(int[] rows) => new(features, rows, [.. rows.Select(row => labels[row])]);
    }

    private static float[] Probabilities(LinearHead head, ReadOnlySpan<float> row)
    {
        float[] probabilities = new float[head.Classes];
        head.Probabilities(row, probabilities);
        return probabilities;
    }

    /// <summary>Classes in ordinal order of their labels, as scikit-learn has them.</summary>
    private static (FeatureMatrix Features, int[] Labels, int Classes) Read(string path)
    {
        using CsvReader csv = new(new StreamReader(path), CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        FeatureMatrix features = new(csv.HeaderRecord!.Length - 3);
        List<string> names = [];
        float[] row = new float[features.Width];
        while (csv.Read())
        {
            names.Add(csv.GetField(2)!);
            for (int f = 0; f < row.Length; f++)
            {
                row[f] = float.Parse(csv.GetField(3 + f)!, CultureInfo.InvariantCulture);
            }

            features.Add(row);
        }

        string[] classes = [.. names.Distinct().Order(StringComparer.Ordinal)];
        return (features, [.. names.Select(name => Array.BinarySearch(classes, name, StringComparer.Ordinal))], classes.Length);
    }

    private sealed record Partition(int[] Train, int[] Validation, int[] Test);

    private sealed record Result(string Trainer, double L2, double Seconds, IReadOnlyList<HeadCandidate> Candidates, float[][] Probabilities);
}
