using InceptionMl.Benchmarks;
using InceptionMl.Benchmarks.Features;
using InceptionMl.Benchmarks.Tool;

switch (args)
{
    case ["features", .. string[] options]:
        return FeatureSpeed.Run(new Options(options));
    case ["memory", .. string[] options]:
        return PeakMemory.Run(new Options(options));
    case ["retrain-speed", .. string[] options]:
        return RetrainSpeed.Run(new Options(options));
    default:
        Console.Error.WriteLine("""
            features [--backbone TRUNK.onnx] --images FOLDER | --render 640x480 COUNT [--rounds 7] [--without-stock]
            memory [--backbone TRUNK.onnx] --render 4000x3000 COUNT [COUNT ..]
            retrain-speed [--backbone TRUNK.onnx] --images FOLDER
            """);
        return 2;
}
