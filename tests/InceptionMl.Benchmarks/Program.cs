using InceptionMl.Benchmarks.Heads;

switch (args)
{
    case ["heads", string features, string partitions, string results]:
        HeadComparison.Run(features, partitions, results, "auto");
        return 0;
    case ["heads", string features, string partitions, string results, string kind]:
        HeadComparison.Run(features, partitions, results, kind);
        return 0;
    case ["head-fit", string vectors, string labels, string width, string l2, string tolerance]:
        HeadFit.Run(vectors, labels, width, l2, tolerance);
        return 0;
    default:
        Console.Error.WriteLine("""
            heads FEATURES.csv PARTITIONS.json RESULTS.json [auto|lbfgs|sdca]
            head-fit VECTORS.f32 LABELS.i32 WIDTH L2 TOLERANCE
            """);
        return 2;
}
