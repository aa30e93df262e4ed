using System.CommandLine;
using InceptionMl.Backbones;
using InceptionMl.Backbones.Importing;

namespace InceptionMl.Cli;

/// <summary><c>backbones import FILE</c></summary>
internal static class BackbonesImportVerb
{
    public static Command Create(CommandContext context, Option<string?> store)
    {
        Argument<string> file = new("file") { Description = "Keras .h5, .weights.h5 or .keras; PyTorch .pth; safetensors; TensorFlow .pb or .meta; ONNX. The content tells which." };
        Option<string?> network = new("--network") { Description = "The network the weights are of: named tensors must be its own, and of a graph it is noted. The default is what the names tell." };
        Option<string?> name = new("--name") { Description = "Name in the store. The default is the catalog's for a published file, otherwise the file's." };
        Option<string?> features = new("--features") { Description = "For a graph: the tensor of the pooled features. The default is the last average pool." };
        Option<double?> crop = new("--crop-fraction") { Description = "With the four below: the share of the picture's side that the network sees, from 0.5 to 1 (default)." };
        PreprocessingOptions preprocessing = new("How pictures are prepared, where the file does not tell");
        Option<bool> json = CommonOptions.Json();
        Command verb = new("import", "Make a weight file a backbone, without Python and without TensorFlow.") { file, network, name, features, crop };
        preprocessing.AddTo(verb);
        verb.Add(json);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            BackboneImportOptions options = new()
            {
                Name = parsed.GetValue(name),
                Network = parsed.GetValue(network),
                FeaturesTensor = parsed.GetValue(features),
                Preprocessing = WithCrop(preprocessing.Read(parsed), parsed.GetValue(crop)),
            };
            long start = context.Time.GetTimestamp();
            ImportedBackbone imported = await new BackboneImport(StoreOption.Open(parsed, store, context))
                .ImportAsync(parsed.GetRequiredValue(file), options, cancellationToken);
            ImportReport report = new(imported, context.Time.GetElapsedTime(start));
            report.Write(context, parsed.GetValue(json));
            if (imported.IsPreparationAssumed)
            {
                context.Error.WriteLine($"warning: {parsed.GetRequiredValue(file)} {report.Assumption}");
            }

            return ExitStatus.Done;
        });
        return verb;
    }

    private static BackbonePreprocessing? WithCrop(BackbonePreprocessing? preprocessing, double? fraction) => (preprocessing, fraction) switch
    {
        (_, null) => preprocessing,
        (null, _) => throw new UsageException("--crop-fraction came without --input-size, --offset, --scale and --channels: it goes with them."),
        (_, >= 0.5 and <= 1) => preprocessing with { CropFraction = fraction.Value },
        _ => throw new UsageException(FormattableString.Invariant($"--crop-fraction {fraction} is not from 0.5 to 1.")),
    };
}
