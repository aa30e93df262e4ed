using InceptionMl.Backbones.Pulling;
using InceptionMl.Cli.Rendering;

namespace InceptionMl.Cli.Backbones;

/// <summary>What a pull brought, for programs and for people.</summary>
internal sealed class PullReport(PulledBackbone pulled, TimeSpan elapsed)
{
    private string ToJson() => JsonLine.Write(json =>
    {
        if (pulled.Imported is { } imported)
        {
            new ImportReport(imported, elapsed).WriteTo(json);
        }
        else
        {
            BackboneJson.Write(json, pulled.Stored.Card!, pulled.Stored.Bytes);
            json.WriteString("onnx", pulled.Stored.OnnxPath);
        }

        json.WriteString("address", pulled.Entry.File.Address.ToString());
        json.WriteString("fileSha256", pulled.File?.Sha256);
        json.WriteBoolean("wasStored", pulled.Imported is null);
        json.Number("seconds", elapsed.TotalSeconds);
    });

    public void Write(CommandContext context, bool asJson)
    {
        if (asJson)
        {
            context.Output.WriteLine(ToJson());
        }
        else if (pulled.Imported is { } imported)
        {
            new ImportReport(imported, elapsed).Write(context.Text);
        }
        else
        {
            context.Text.WriteLine($"{pulled.Stored.Name} is stored already, in {pulled.Stored.OnnxPath}.");
        }
    }
}
