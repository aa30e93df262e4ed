using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace InceptionMl.AspNetCore;

/// <summary>
/// Keeps an image under the label that a person says is right: <c>POST ..?label=L</c> with the image as its body. A form is not taken: a browser
/// sends one for any site, and an image only for this page.
/// </summary>
internal sealed class CorrectionEndpoint(HostedImageScorer scorer, ILogger<CorrectionEndpoint> logger) : ScorerEndpoint(scorer, logger)
{
    public const string LabelName = "label";

    private readonly HostedImageScorer scorer = scorer;
    private readonly ILogger logger = logger;

    protected override async Task AnswerAsync(HttpContext context, CancellationToken cancellationToken)
    {
        CorrectionFolder folder = scorer.Corrections ?? throw RequestRefusals.NotCollecting();
        BodyKinds.ThrowIfEncoded(context.Request.Headers.ContentEncoding);
        if (BodyKinds.Parse(context.Request.ContentType).Kind != BodyKind.Image)
        {
            throw RequestRefusals.CorrectionIsNoImage();
        }

        int mostBytes = MostBytes(context, BodyKind.Image);
        using ImageBatch batch = scorer.Admit(context.Request.ContentLength ?? 0, explains: false, cancellationToken);
        string label = CorrectionLabel.Parse(context.Request.Query[LabelName] is [{ } given] ? given : null, batch.Labels);
        RequestBody body = new(context.Request.BodyReader, mostBytes);
        await using (body.ConfigureAwait(false))
        {
            using EncodedImage image = await ReadAsync(token => EncodedImage.ReadAsync(body, batch, mostBytes, token), cancellationToken).ConfigureAwait(false)
                ?? throw RequestBody.TooLong(mostBytes);

            // Only what can be trained on is kept.
            ImageResult result = await batch.Add(image.Bytes).ConfigureAwait(false);
            if (result.Error is { } error)
            {
                throw RequestRefusals.OnlyImage(RawImage.Name, error, result.Reason);
            }

            KeptCorrection kept = await KeepAsync(folder, image, label, context, cancellationToken).ConfigureAwait(false);
            context.Response.Headers.CacheControl = "no-store";
            await TypedResults.Json(kept, PageJson.Default.KeptCorrection).ExecuteAsync(context).ConfigureAwait(false);
        }
    }

    private async Task<KeptCorrection> KeepAsync(
        CorrectionFolder folder, EncodedImage image, string label, HttpContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await folder.KeepAsync(image.Bytes, label, cancellationToken).ConfigureAwait(false) ?? throw RequestRefusals.CollectedEnough();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.NotKept(logger, context.TraceIdentifier, exception.Message);
            throw RequestRefusals.NotKept();
        }
    }
}

/// <summary>Labels as people give them, which become names of folders.</summary>
internal static class CorrectionLabel
{
    private const int Longest = 64;

    // Folders of these names are read as parts of a dataset, in any case.
    private static readonly string[] Parts = ["train", "training", "val", "valid", "validation", "test", "testing"];

    // Windows takes none of these for a folder, with or without something after a dot.
    private static readonly string[] Devices =
        ["con", "prn", "aux", "nul", .. Enumerable.Range(0, 10).SelectMany(i => (string[])[$"com{i}", $"lpt{i}"])];

    /// <summary>The label to keep an image under: the model's where it has it, in its own spelling.</summary>
    /// <exception cref="RequestRefusedException">It could not be a folder's name.</exception>
    public static string Parse(string? given, IReadOnlyList<string> labels)
    {
        string label;
        try
        {
            label = (given ?? string.Empty).Trim().Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            throw Refused();
        }

        string known = labels.FirstOrDefault(l => l.Normalize(NormalizationForm.FormC).Equals(label, StringComparison.OrdinalIgnoreCase)) ?? label;
        return IsFolderName(known) ? known : throw Refused();
    }

    private static bool IsFolderName(string label) =>
        label.Length is > 0 and <= Longest
        && label[0] is not ('.' or ' ' or '~')
        && label[^1] is not ('.' or ' ')
        && label.All(c => IsOrdinary(c))
        && !Parts.Contains(label, StringComparer.OrdinalIgnoreCase)
        && !Devices.Contains(label.Split('.')[0].TrimEnd(), StringComparer.OrdinalIgnoreCase);

    // Marks are parts of letters in many scripts.
    private static bool IsOrdinary(char c) =>
        char.IsLetterOrDigit(c)
        || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        || " -_.,+()&'".Contains(c, StringComparison.Ordinal);

    private static RequestRefusedException Refused() => RequestRefusedException.Malformed(FormattableString.Invariant(
        $"The label cannot be a folder's name: give one of the model's, or up to {Longest} letters, digits, spaces and hyphens, not train, validation or test."));
}
