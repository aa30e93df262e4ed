using System.CommandLine;
using InceptionMl.Backbones;
using InceptionMl.Backbones.Classification;
using InceptionMl.Backbones.Importing;
using InceptionMl.Backbones.Pulling;
using InceptionMl.Internal;

namespace InceptionMl.Cli;

/// <summary><c>backbones pull NAME</c>: the only verb that touches the network.</summary>
internal static class BackbonesPullVerb
{
    /// <summary>The option that names another source than the published address.</summary>
    public const string From = "--from";

    public static Command Create(CommandContext context, Option<string?> store)
    {
        Argument<string> name = new("name") { Description = "A name that backbones list shows, or imagenet-classes: the names that classify tells." };
        Option<string?> from = new(From) { Description = "Another web address, or a file fetched by hand; it is verified all the same." };
        PreprocessingOptions preprocessing = new("How pictures are prepared, where nobody has published it");
        Option<bool> json = CommonOptions.Json();
        Command verb = new("pull", "Fetch published weights, verify them and make them a backbone.") { name, from };
        preprocessing.AddTo(verb);
        verb.Add(json);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            string wanted = parsed.GetRequiredValue(name);
            StoredName.RequireNotEmbedded(wanted);
            using HttpClient client = context.OpenHttp();
            BackboneStore backbones = StoreOption.Open(parsed, store, context);
            ClassNamesPull names = new(context, client, backbones);
            if (wanted == ClassIndexFile.PullName)
            {
                context.Writer(parsed.GetValue(json)).WriteLine(ClassNamesPull.Report(await names.RunAsync(parsed.GetValue(from), cancellationToken), parsed.GetValue(json)));
                return ExitStatus.Done;
            }

            CatalogEntry entry = BackboneCatalog.Find(wanted) ?? throw Unknown(wanted);
            BackbonePull pull = new(client, backbones, timeProvider: context.Time);
            long start = context.Time.GetTimestamp();
            PulledBackbone pulled = await DownloadDisplay.RunAsync(context, entry.File.FileName, progress =>
                pull.PullAsync(entry, parsed.GetValue(from), preprocessing.Read(parsed), progress, cancellationToken));
            PullReport report = new(pulled, context.Time.GetElapsedTime(start));
            report.Write(context, parsed.GetValue(json));
            await names.FollowAsync(pulled.Stored.Card!, isOffline: parsed.GetValue(from) is not null, cancellationToken);
            return ExitStatus.Done;
        });
        return verb;
    }

    private static UsageException Unknown(string wanted)
    {
        string[] names = [.. BackboneCatalog.Entries.Select(entry => entry.Name), ClassIndexFile.PullName];
        string hint = NearestName.Find(wanted, names) is { } near ? $"; did you mean {near}?" : $": it may be {ParseProblems.Choice(names)}.";
        return new UsageException($"There is no published backbone '{wanted}'{hint}");
    }
}

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
