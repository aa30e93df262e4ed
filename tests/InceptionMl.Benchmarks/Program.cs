using InceptionMl.Benchmarks;
using InceptionMl.Benchmarks.Accuracy;
using InceptionMl.Benchmarks.Augmentation;
using InceptionMl.Benchmarks.Evidence;
using InceptionMl.Benchmarks.Features;
using InceptionMl.Benchmarks.Heads;
using InceptionMl.Benchmarks.Serving;
using InceptionMl.Benchmarks.Tool;

switch (args)
{
    case ["features", .. string[] options]:
        return FeatureSpeed.Run(new Options(options));
    case ["memory", .. string[] options]:
        return PeakMemory.Run(new Options(options));
    case ["retrain-speed", .. string[] options]:
        return RetrainSpeed.Run(new Options(options));
    case ["many-classes", .. string[] options]:
        return ManyClasses.Run(new Options(options));
    case ["accuracy", .. string[] options]:
        return await AccuracyTable.RunAsync(new Options(options));
    case ["race", .. string[] options]:
        return RaceCost.Run(new Options(options));
    case ["evidence", .. string[] options]:
        return await EvidenceSections.RunAsync(new Options(options));
    case ["augmentation", .. string[] options]:
        return await AugmentationGain.RunAsync(new Options(options));
    case ["serving", .. string[] options]:
        return await ServingSpeed.RunAsync(new Options(options));
    case ["heads", string features, string partitions, string results]:
        HeadComparison.Run(features, partitions, results, "auto");
        return 0;
    case ["heads", string features, string partitions, string results, string kind]:
        HeadComparison.Run(features, partitions, results, kind);
        return 0;
    case ["head-fit", string vectors, string labels, string width, string l2, string tolerance]:
        HeadFit.Run(vectors, labels, width, l2, tolerance);
        return 0;
    case ["head-budget", .. string[] seconds]:
        HeadBudget.Run(seconds);
        return 0;
    case ["emit", string network, string onnx, .. string[] mode]:
        return Emit.Run(network, onnx, bound: mode is ["fixed"]);
    case ["plain-ml-net", .. string[] options]:
        return PlainMlNet.Run(new Options(options));
    default:
        Console.Error.WriteLine("""
            features [--backbone TRUNK.onnx] [--features last] [--input-size 192] --images FOLDER | --render 640x480 COUNT [--rounds 7] [--without-stock]
            memory [--backbone TRUNK.onnx] --render 4000x3000 COUNT [COUNT ..]
            retrain-speed [--backbone TRUNK.onnx] --images FOLDER [FOLDER ..] [--count 5000] [--new 100]
            many-classes [--classes 2000] [--per-class 3]
            accuracy --images FOLDER [FOLDER ..] [--backbone TRUNK.onnx ..] [--sizes 128 192] [--features depths|A,B,C] [--variants last both-4] [--partitions 5] [--cache FOLDER]
            race --images FOLDER [FOLDER ..] --backbones A,B,C
            augmentation --images FOLDER [FOLDER ..] --per-class COUNT [COUNT ..] --copies COUNT [COUNT ..] [--rounds 3] [--test 100]
            evidence --images TRASHNET [FOLDER ..] [--sections near-copies speed copies bursts labels suggest] [--backbones inception-compact resnet-18] [--draws 5] [--cache FOLDER]
            serving --model MODEL.zip [--backbone TRUNK.onnx] --images FOLDER | --render 640x480 COUNT [--seconds 20] [--soak-minutes 0]
            heads FEATURES.csv PARTITIONS.json RESULTS.json [auto|lbfgs|sdca]
            head-budget SECONDS [SECONDS ..]
            emit NETWORK MODEL.onnx [fixed]
            plain-ml-net --images FOLDER [FOLDER ..]
            head-fit VECTORS.f32 LABELS.i32 WIDTH L2 TOLERANCE
            """);
        return 2;
}
