using System.CommandLine;
using System.Drawing;
using System.Globalization;
using InceptionMl.Backbones;
using InceptionMl.Models;

namespace InceptionMl.Cli;

/// <summary>The options that say how images are prepared for a network that does not say so itself.</summary>
/// <param name="when">When they are needed, for the help.</param>
/// <param name="sizeMayStandAlone"><see langword="true"/> where the size alone is of use too.</param>
internal sealed class PreprocessingOptions(string when, bool sizeMayStandAlone = false)
{
    private static readonly string[] ChannelOrders = ["RGB", "BGR"];

    private readonly Option<string?> inputSize = new("--input-size")
    {
        Description = sizeMayStandAlone
            ? "The size of the images that the network sees: WIDTHxHEIGHT in pixels, or one number for both. The default is the card's; an ONNX file without a card needs it."
            : $"{when}: WIDTHxHEIGHT in pixels, or one number for both.",
    };
    private readonly Option<string?> offset = new("--offset") { Description = $"{when}: subtracted from 0..255, one number or three with commas." };
    private readonly Option<string?> scale = new("--scale") { Description = $"{when}: multiplied after the offset, one number or three with commas." };
    private readonly Option<string?> channels = new("--channels") { Description = $"{when}: RGB or BGR." };

    public void AddTo(Command verb)
    {
        channels.AcceptOptionalWords(ChannelOrders);
        foreach (Option option in (Option[])[inputSize, offset, scale, channels])
        {
            verb.Add(option);
        }
    }

    /// <summary>The size alone, without what only a network without a card needs; null if it was not said or goes with the rest.</summary>
    /// <exception cref="UsageException">It is no size.</exception>
    public string? SizeAlone(ParseResult parsed)
    {
        if (parsed.GetValue(inputSize) is not { } size || Array.Exists([offset, scale, channels], option => parsed.GetValue(option) is not null))
        {
            return null;
        }

        return ParseSize(inputSize.Name, size);
    }

    /// <summary>A size as settings have it.</summary>
    /// <exception cref="UsageException">It is no size.</exception>
    public static string ParseSize(string option, string text)
    {
        try
        {
            Size size = BackboneOptions.ParseInputSize(text);
            return size is { Width: >= 8 and <= BackboneCard.MaxSide, Height: >= 8 and <= BackboneCard.MaxSide }
                ? text.ToLowerInvariant()
                : throw new UsageException($"{option} {text} is out of range: each side has from 8 to {BackboneCard.MaxSide} pixels.");
        }
        catch (FormatException)
        {
            throw new UsageException($"{option} {text} is neither WIDTHxHEIGHT in pixels nor one number for both, for example 299x299 or 299.");
        }
    }

    /// <summary>What was said; null if nothing was, or the size alone where that may be.</summary>
    /// <param name="parsed">The command line.</param>
    public BackbonePreprocessing? Read(ParseResult parsed)
    {
        Option<string?>[] all = [inputSize, offset, scale, channels];
        string[] given = [.. all.Where(o => parsed.GetValue(o) is not null).Select(o => o.Name)];
        if (given.Length == 0 || (sizeMayStandAlone && given is [var alone] && alone == inputSize.Name))
        {
            return null;
        }

        if (given.Length < all.Length)
        {
            throw new UsageException($"{string.Join(", ", given)} came without {string.Join(", ", all.Select(o => o.Name).Except(given))}: a backbone without a card needs all four.");
        }

        Size size = BackboneOptions.ParseInputSize(ParseSize(inputSize.Name, parsed.GetValue(inputSize)!));
        return new BackbonePreprocessing(size.Width, size.Height, PerChannel(parsed, offset), PerChannel(parsed, scale), parsed.GetValue(channels)!);
    }

    private static double[] PerChannel(ParseResult parsed, Option<string?> option)
    {
        string text = parsed.GetValue(option)!;
        double[] values = [.. text.Split(',').Select(part =>
            double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : double.NaN)];
        return values.Length is 1 or 3 && values.All(double.IsFinite)
            ? values.Length == 3 ? values : [values[0], values[0], values[0]]
            : throw new UsageException($"{option.Name} {text} is neither one number nor three with commas, for example 127.5.");
    }
}
