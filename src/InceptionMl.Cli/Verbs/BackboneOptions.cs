using System.CommandLine;
using System.Globalization;
using InceptionMl.Images;
using InceptionMl.Training.Backbones;

namespace InceptionMl.Cli.Verbs;

/// <summary>The options that choose a backbone and say how it is fed.</summary>
internal sealed class BackboneOptions
{
    private static readonly string[] ChannelOrders = ["RGB", "BGR"];
    private static readonly string[] ResizeModes = ["crop", "pad"];

    private readonly Option<string?> backbone = new("--backbone")
    {
        Description = "inception-compact, the embedded backbone (default), or the path of an ONNX file with its card NAME.json beside it.",
    };

    private readonly Option<string?> resize = new("--resize") { Description = "Fit pictures by crop or pad. The default is the backbone's own." };
    private readonly Option<string?> inputSize = new("--input-size") { Description = "For an ONNX file without a card: WIDTHxHEIGHT in pixels." };
    private readonly Option<string?> offset = new("--offset") { Description = "For an ONNX file without a card: subtracted from 0..255, one number or three with commas." };
    private readonly Option<string?> scale = new("--scale") { Description = "For an ONNX file without a card: multiplied after the offset, one number or three with commas." };
    private readonly Option<string?> channels = new("--channels") { Description = "For an ONNX file without a card: RGB or BGR." };

    public void AddTo(Command verb)
    {
        resize.AcceptOnlyFromAmong(ResizeModes);
        channels.AcceptOnlyFromAmong(ChannelOrders);
        foreach (Option option in (Option[])[backbone, resize, inputSize, offset, scale, channels])
        {
            verb.Add(option);
        }
    }

    /// <summary>Opens the backbone that was asked for.</summary>
    public Backbone Open(ParseResult parsed) => Backbone.Open(Model(parsed), Feeding(parsed), Mode(parsed));

    /// <summary>The backbone's name or path; null for the default.</summary>
    public string? Model(ParseResult parsed) => parsed.GetValue(backbone);

    /// <summary>How images are fitted; null as the card says.</summary>
    public ResizeMode? Mode(ParseResult parsed) => parsed.GetValue(resize) switch
    {
        "crop" => ResizeMode.Crop,
        "pad" => ResizeMode.Pad,
        _ => null,
    };

    /// <summary>How a network without a card is fed; null where none of its options came.</summary>
    /// <exception cref="UsageException">Some came and others did not, or one is wrong.</exception>
    public BackboneFeeding? Feeding(ParseResult parsed)
    {
        Option<string?>[] all = [inputSize, offset, scale, channels];
        string[] given = [.. all.Where(o => parsed.GetValue(o) is not null).Select(o => o.Name)];
        if (given.Length == 0)
        {
            return null;
        }

        if (given.Length < all.Length)
        {
            throw new UsageException($"{string.Join(", ", given)} came without {string.Join(", ", all.Select(o => o.Name).Except(given))}: a backbone without a card needs all four.");
        }

        string[] size = parsed.GetValue(inputSize)!.Split('x', 'X');
        return size.Length == 2
            && int.TryParse(size[0], NumberStyles.None, CultureInfo.InvariantCulture, out int width)
            && int.TryParse(size[1], NumberStyles.None, CultureInfo.InvariantCulture, out int height)
            ? new BackboneFeeding(width, height, PerChannel(parsed, offset), PerChannel(parsed, scale), parsed.GetValue(channels)!)
            : throw new UsageException($"--input-size {parsed.GetValue(inputSize)} is not WIDTHxHEIGHT in pixels, for example 299x299.");
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
