using System.CommandLine;
using InceptionMl.Backbones;
using InceptionMl.Models;
using InceptionMl.Training;

namespace InceptionMl.Cli;

/// <summary><c>export MODEL.zip|REGISTRY --onnx OUT.onnx</c></summary>
internal static class ExportVerb
{
    public static Command Create(CommandContext context)
    {
        Argument<string> model = new("model") { Description = ModelPath.Description };
        Option<string> onnx = new("--onnx") { Description = "The ONNX file to write.", Required = true };
        Option<bool> json = CommonOptions.Json();
        Option<string> format = CommonOptions.Format();
        Command verb = new("export", "Write a whole model as one ONNX file: prepared image in, probabilities out.") { model, onnx, json, format };
        verb.SetAction(async (parsed, _) =>
        {
            string output = parsed.GetRequiredValue(onnx);
            Destination.SpareModel("--onnx", output, parsed.GetRequiredValue(model));
            Destination.SpareOutput(context, "--onnx", output);
            string zip = ModelPath.Resolve(parsed.GetRequiredValue(model));
            ModelCard card = await ProgressDisplay.WaitAsync(context, $"writing {output}", () => ModelExport.ToOnnx(zip, output));
            await context.Writer(CommonOptions.IsJson(parsed, json, format)).WriteLineAsync(CommonOptions.IsJson(parsed, json, format)
                ? JsonLine.Write(new ExportOutput(
                    output, card.Classes, card.Preprocessing.Width, card.Preprocessing.Height, card.Backbone.Outputs.Features.Width, new FileInfo(output).Length))
                : FormattableString.Invariant(
                    $"{output}: image [N, 3, {card.Preprocessing.Height}, {card.Preprocessing.Width}] to probabilities [N, {card.Classes.Count}] and features [N, {card.Backbone.Outputs.Features.Width}]"));
            return ExitStatus.Done;
        });
        return verb;
    }
}

/// <summary><c>export --json</c></summary>
internal sealed record ExportOutput(string Onnx, IReadOnlyList<string> Classes, int Width, int Height, int Features, long Bytes);
