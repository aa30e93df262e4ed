using InceptionMl.Backbones.Importing;
using InceptionMl.Backbones.Pulling;
using InceptionMl.Backbones.Store;
using InceptionMl.Cli.Rendering;

namespace InceptionMl.Cli.Backbones;

/// <summary>What a pull brought, for programs and for people.</summary>
internal sealed class PullReport(PulledBackbone pulled, TimeSpan elapsed)
{
    public void Write(CommandContext context, bool asJson)
    {
        if (asJson)
        {
            context.Output.WriteLine(JsonLine.Write(new PullOutput(
                pulled.Stored, pulled.Imported, elapsed.TotalSeconds, pulled.Entry.File.Address.ToString(), pulled.File?.Sha256, pulled.Imported is null)));
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

/// <summary><c>backbones pull --json</c></summary>
internal sealed record PullOutput(StoredBackbone Stored, ImportedBackbone? Imported, double Seconds, string Address, string? FileSha256, bool WasStored)
    : ImportOutput(Stored, Imported, Seconds);
