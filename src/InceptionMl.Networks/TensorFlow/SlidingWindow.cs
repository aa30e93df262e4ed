using System.Collections.Immutable;
using Google.Protobuf;
using InceptionMl.Networks.Onnx;

namespace InceptionMl.Networks.TensorFlow;

/// <summary>A window sliding over a map's rows and columns by TensorFlow's rules, and the same in ONNX's attributes.</summary>
internal sealed class SlidingWindow
{
    // Wider than any image here; it keeps arithmetic on what a file declares far from overflow.
    private const long Widest = 1 << 16;

    private readonly ConversionStep step;
    private readonly ImmutableArray<AttributeProto> padding;

    public SlidingWindow(ConversionStep step, RuntimeValue map, long height, long width)
    {
        this.step = step;
        Kernel = (height, width);
        Strides = Pair("strides");
        Dilations = Pair("dilations");
        foreach (long extent in (long[])[Kernel.Height, Kernel.Width, Strides.Height, Strides.Width, Dilations.Height, Dilations.Width])
        {
            if (extent is < 1 or > Widest)
            {
                throw step.Refuse($"has a window, stride or dilation of {extent}");
            }
        }

        (padding, Rows, Columns) = step.Node.Text("padding", "") switch
        {
            "SAME" => Same(map.Shape[1], map.Shape[2]),
            "VALID" => Explicit(map, (0, 0), (0, 0)),
            "EXPLICIT" => Explicit(map, [.. step.Node.Integers("explicit_paddings")]),
            string other => throw step.Refuse($"has padding '{other}'"),
        };
    }

    public (long Height, long Width) Kernel { get; }

    public (long Height, long Width) Strides { get; }

    public (long Height, long Width) Dilations { get; }

    /// <summary>Gets the number of rows of the map it makes.</summary>
    public long Rows { get; }

    /// <summary>Gets the number of columns of the map it makes.</summary>
    public long Columns { get; }

    public AttributeProto[] Attributes() =>
    [
        Proto.Attribute("kernel_shape", [Kernel.Height, Kernel.Width]),
        Proto.Attribute("strides", [Strides.Height, Strides.Width]),
        .. Dilations == (1, 1) ? (AttributeProto[])[] : [Proto.Attribute("dilations", [Dilations.Height, Dilations.Width])],
        .. padding,
    ];

    private (long Height, long Width) Pair(string attribute)
    {
        ImmutableArray<long> values = step.Node.Integers(attribute);
        return values switch
        {
            [] => (1, 1),
            [1, long height, long width, 1] => (height, width),
            _ => throw step.Refuse($"has {attribute} {string.Join(", ", values)}; 1, height, width, 1 was expected"),
        };
    }

    private (ImmutableArray<AttributeProto> Padding, long Rows, long Columns) Same(long height, long width)
    {
        (long Before, long After)? rows = Same(height, Kernel.Height, Strides.Height, Dilations.Height);
        (long Before, long After)? columns = Same(width, Kernel.Width, Strides.Width, Dilations.Width);
        ImmutableArray<AttributeProto> attributes;
        if (rows is { } r && columns is { } c && ((r.Before == r.After && c.Before == c.After) || Dilations != (1, 1)))
        {
            attributes = [Proto.Attribute("pads", [r.Before, c.Before, r.After, c.After])];
        }
        else if (Dilations == (1, 1))
        {
            attributes = [SameUpper()];
        }
        else
        {
            throw step.Refuse("pads a dilated window over an image of unknown size; state the size");
        }

        return (attributes, Ceiling(height, Strides.Height), Ceiling(width, Strides.Width));
    }

    private static AttributeProto SameUpper() =>
        new() { Name = "auto_pad", Type = AttributeProto.Types.AttributeType.String, S = ByteString.CopyFromUtf8("SAME_UPPER") };

    // Null where it depends on a size that is not known; at stride 1 it never does.
    private static (long Before, long After)? Same(long size, long kernel, long stride, long dilation)
    {
        if (size == Dimensions.Open && stride > 1)
        {
            return null;
        }

        long span = ((kernel - 1) * dilation) + 1;
        long total = stride == 1 ? span - 1 : Math.Max(0, ((Ceiling(size, stride) - 1) * stride) + span - size);
        return (total / 2, total - (total / 2));
    }

    private static long Ceiling(long size, long stride) => size == Dimensions.Open ? size : (size + stride - 1) / stride;

    private (ImmutableArray<AttributeProto> Padding, long Rows, long Columns) Explicit(RuntimeValue map, long[] pads) =>
        pads is [0, 0, long top, long bottom, long left, long right, 0, 0] && pads.All(pad => pad is >= 0 and <= Widest)
            ? Explicit(map, (top, bottom), (left, right))
            : throw step.Refuse($"has explicit_paddings {string.Join(", ", pads)}");

    private (ImmutableArray<AttributeProto> Padding, long Rows, long Columns) Explicit(
        RuntimeValue map, (long Before, long After) rows, (long Before, long After) columns) =>
        ([Proto.Attribute("pads", [rows.Before, columns.Before, rows.After, columns.After])],
            Slid(map.Shape[1], rows, Kernel.Height, Strides.Height, Dilations.Height),
            Slid(map.Shape[2], columns, Kernel.Width, Strides.Width, Dilations.Width));

    private long Slid(long size, (long Before, long After) pads, long kernel, long stride, long dilation)
    {
        if (size == Dimensions.Open)
        {
            return size;
        }

        long room = size + pads.Before + pads.After - (((kernel - 1) * dilation) + 1);
        return room >= 0 ? (room / stride) + 1 : throw step.Refuse($"has a window of {kernel} over {size} positions: the image is too small");
    }
}
