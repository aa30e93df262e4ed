using System.CommandLine;
using InceptionMl.Cli.Console;
using InceptionMl.Cli.Verbs;
using InceptionMl.Training.Backbones.Catalogue;
using InceptionMl.Training.Backbones.Pulling;

namespace InceptionMl.Cli.Backbones;

/// <summary><c>backbones pull NAME</c>: the only verb that touches the network.</summary>
internal static class PullVerb
{
    public static Command Create(CommandContext context, Option<string?> store)
    {
        Argument<string> name = new("name") { Description = "A name that backbones list shows." };
        Option<string?> from = new("--from") { Description = "Another web address, or a file fetched by hand; it is verified all the same." };
        FeedingOptions feeding = new("How pictures are prepared, where nobody has published it");
        Option<bool> json = CommonOptions.Json();
        Command verb = new("pull", "Fetch published weights, verify them and make them a backbone.") { name, from };
        feeding.AddTo(verb);
        verb.Add(json);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            string wanted = parsed.GetRequiredValue(name);
            CatalogueEntry entry = BackboneCatalogue.Find(wanted) ?? throw new UsageException(
                $"Nothing is published as '{wanted}' that is known here: known are {string.Join(", ", BackboneCatalogue.Entries.Select(e => e.Name))}.");
            using HttpClient client = context.OpenHttp();
            BackbonePull pull = new(client, StoreOption.Open(parsed, store, context), timeProvider: context.Time);
            long start = context.Time.GetTimestamp();
            PulledBackbone pulled = await DownloadDisplay.RunAsync(context, entry.File.FileName, progress =>
                pull.PullAsync(entry, parsed.GetValue(from), feeding.Read(parsed), progress, cancellationToken));
            PullReport report = new(pulled, context.Time.GetElapsedTime(start));
            context.Output.WriteLine(parsed.GetValue(json) ? report.ToJson() : report.ToText());
            return ExitStatus.Done;
        });
        return verb;
    }
}
