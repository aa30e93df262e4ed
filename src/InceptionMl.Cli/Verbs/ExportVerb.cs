using System.CommandLine;
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
            ExportedModel exported = await ProgressDisplay.WaitAsync(context, $"writing {output}", () => ModelExport.ToOnnx(zip, output));
            await context.Writer(CommonOptions.IsJson(parsed, json, format)).WriteLineAsync(CommonOptions.IsJson(parsed, json, format)
                ? ToJson(exported)
                : FormattableString.Invariant(
                    $"{exported.Path}: image [N, 3, {exported.Height}, {exported.Width}] to probabilities [N, {exported.Classes.Count}] and features [N, {exported.Features}]"));
            return ExitStatus.Done;
        });
        return verb;
    }

    private static string ToJson(ExportedModel exported) => JsonLine.Write(
        new ExportOutput(exported.Path, exported.Classes, exported.Width, exported.Height, exported.Features, exported.Bytes));
}

/// <summary><c>export --json</c></summary>
internal sealed record ExportOutput(string Onnx, IReadOnlyList<string> Classes, int Width, int Height, int Features, long Bytes);
