using InceptionMl.Backbones;
using InceptionMl.Backbones.Classification;
using InceptionMl.Backbones.Download;
using InceptionMl.Models;

namespace InceptionMl.Cli;

/// <summary>Brings the names of ImageNet's classes, which <c>classify</c> tells.</summary>
internal sealed class ClassNamesPull(CommandContext context, HttpClient client, BackboneStore store)
{
    private const int Named = 1000;

    private readonly ClassIndexFile file = new(store.Folder);

    public Task<DownloadedFile> RunAsync(string? from, CancellationToken cancellationToken) => DownloadDisplay.RunAsync(
        context,
        Path.GetFileName(file.Path),
        progress => file.PullAsync(client, from, progress, timeProvider: context.Time, cancellationToken: cancellationToken));

    /// <summary>Brings the names after a backbone that has use for them. The backbone is there by now: what goes wrong here is only told.</summary>
    public async Task FollowAsync(BackboneCard card, bool isOffline, CancellationToken cancellationToken)
    {
        if (card.Outputs.Logits is not { } logits || logits.Classes - logits.Background != Named || File.Exists(file.Path))
        {
            return;
        }

        string hint = $"classify needs the names of the classes: run inceptionml backbones pull {ClassIndexFile.PullName}";
        if (isOffline)
        {
            await context.Error.WriteLineAsync($"{hint} [{BackbonesPullVerb.From} FILE].");
            return;
        }

        try
        {
            await RunAsync(from: null, cancellationToken);
        }
        catch (BackboneException exception)
        {
            await context.Error.WriteLineAsync($"warning: {exception.Message} {hint}.");
        }
    }

    public static string Report(DownloadedFile names, bool asJson) => asJson
        ? JsonLine.Write(new ClassNamesOutput(ClassIndexFile.PullName, names.Path, names.Sha256))
        : $"The names of ImageNet's classes are in {names.Path}.";
}

/// <summary><c>backbones pull imagenet-classes --json</c></summary>
internal sealed record ClassNamesOutput(string Name, string File, string FileSha256);
