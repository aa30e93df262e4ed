using System.Collections.Immutable;
using InceptionMl.Networks.Graph;

namespace InceptionMl.Cli;

/// <summary>Measures and draws one card.</summary>
internal sealed class BlockCard(PictureBlock block)
{
    private const double BoxWidth = 76;
    private const double BoxHeight = 24;
    private const double NamedWidth = 268;
    private const double NamelessWidth = 184;
    private const double ChainLabel = 92;
    private const double NarrowestInner = 196;
    private const double Gap = 12;
    private const double Step = BoxHeight + 14;
    private const double Margin = 16;
    private const double Header = 40;
    private const double Footer = 46;
    private const double ShortcutWidth = 18;

    public double Width => (2 * Margin) + Math.Max(block.IsChain ? ChainWidth : NarrowestInner, InnerWidth) + (block.IsResidual ? ShortcutWidth : 0);

    public double Height => Header + (block.IsChain ? 0 : (Depth * Step) + Gap) + (block.Tail.Length * Step) + Footer;

    /// <summary>Gets where arrows between cards run, below the card's upper edge.</summary>
    public static double ArrowOffset => 20;

    private double InnerWidth => block.IsChain ? ChainWidth : (Columns * (BoxWidth + Gap)) - Gap;

    // A layer alone has its name in the title.
    private bool IsNamed => block.Tail.Length > 1;

    private double ChainWidth => IsNamed ? NamedWidth : NamelessWidth;

    private bool IsRepeated => !block.IsChain && block.Blocks.Length > 1;

    private int Columns => block.Branches.Sum(branch => branch.Columns);

    private int Depth => block.Branches.Max(branch => branch.Depth);

    public void Draw(SvgCanvas canvas, double x, double y)
    {
        canvas.Box(x, y, Width, Height, "#fbfcfd", "#c3cad4", radius: 8);
        string repeats = IsRepeated ? $"  × {block.Blocks.Length}" : "";
        canvas.Text(x + (Width / 2), y + 25, block.Title + repeats, size: 13, bold: true);
        double left = x + (block.IsResidual ? ShortcutWidth : 0) + ((Width - (block.IsResidual ? ShortcutWidth : 0) - InnerWidth) / 2);
        double top = y + Header;
        if (block.IsChain)
        {
            DrawChain(canvas, left, top);
        }
        else
        {
            DrawBranches(canvas, left, top);
            DrawTail(canvas, left, top);
        }

        DrawFooter(canvas, x, y);
    }

    private void DrawChain(SvgCanvas canvas, double left, double top)
    {
        for (int i = 0; i < block.Tail.Length; i++)
        {
            NetworkUnit unit = block.Tail[i];
            double y = top + (i * Step);
            canvas.Box(left, y, ChainWidth, BoxHeight, Palette.Fill(unit.Layer.Operation));
            canvas.Text(left + 8, y + 16, IsNamed ? unit.Layer.Block : "", anchor: "start", fill: "#4a5362");
            canvas.Text(left + (IsNamed ? ChainLabel : 8), y + 16, unit.Label, anchor: "start");
            canvas.Text(left + ChainWidth - 8, y + 16, unit.Output.ToString(), anchor: "end", fill: "#4a5362");
            if (i > 0)
            {
                canvas.Line((left + (ChainWidth / 2), y - (Step - BoxHeight)), (left + (ChainWidth / 2), y));
            }
        }
    }

    private void DrawBranches(SvgCanvas canvas, double left, double top)
    {
        // The block's input spreads along one line, and every branch ends in the join.
        double column = left;
        List<double> starts = [];
        foreach (PictureBranch branch in block.Branches)
        {
            double width = (branch.Columns * (BoxWidth + Gap)) - Gap;
            starts.Add(column + (width / 2));
            canvas.Line((column + (width / 2), top), (column + (width / 2), top + Gap));
            DrawBranch(canvas, branch, column, top + Gap, bottom: top + Gap + (Depth * Step));
            column += width + Gap;
        }

        canvas.Line((starts[0], top), (starts[^1], top));
    }

    private static void DrawBranch(SvgCanvas canvas, PictureBranch branch, double left, double y, double bottom)
    {
        double width = (branch.Columns * (BoxWidth + Gap)) - Gap;
        double center = left + (width / 2);
        canvas.Box(center - (BoxWidth / 2), y, BoxWidth, BoxHeight, Palette.Fill(branch.Unit.Layer.Operation));
        canvas.Text(center, y + 16, branch.Unit.Label);
        if (branch.Next.IsEmpty)
        {
            canvas.Line((center, y + BoxHeight), (center, bottom));
        }

        double column = left;
        foreach (PictureBranch next in branch.Next)
        {
            double nextWidth = (next.Columns * (BoxWidth + Gap)) - Gap;
            double middle = y + BoxHeight + ((Step - BoxHeight) / 2);
            double target = column + (nextWidth / 2);
            canvas.Line((center, y + BoxHeight), (center, middle), (target, middle), (target, y + Step));
            DrawBranch(canvas, next, column, y + Step, bottom);
            column += nextWidth + Gap;
        }
    }

    private void DrawTail(SvgCanvas canvas, double left, double top)
    {
        double center = left + (InnerWidth / 2);
        ImmutableArray<NetworkUnit> tail = block.Tail;
        for (int i = 0; i < tail.Length; i++)
        {
            bool join = tail[i].Layer.Operation is Concatenation or ScaledAddition;
            double width = join ? InnerWidth : BoxWidth;
            double y = top + Gap + ((Depth + i) * Step);
            canvas.Box(center - (width / 2), y, width, BoxHeight, Palette.Fill(tail[i].Layer.Operation));
            canvas.Text(center, y + 16, tail[i].Label);
            if (i > 0)
            {
                canvas.Line((center, y - (Step - BoxHeight)), (center, y));
            }

            if (tail[i].Layer.Operation is ScaledAddition)
            {
                DrawShortcut(canvas, left, top, y + (BoxHeight / 2));
            }
        }
    }

    // The residual's way around the block.
    private void DrawShortcut(SvgCanvas canvas, double left, double top, double y)
    {
        double outside = left - ShortcutWidth;
        double first = left + (((block.Branches[0].Columns * (BoxWidth + Gap)) - Gap) / 2);
        canvas.Arrow((first, top), (outside, top), (outside, y), (left, y));
    }

    private void DrawFooter(SvgCanvas canvas, double x, double y)
    {
        double bottom = y + Height;
        canvas.Text(x + (Width / 2), bottom - 28, block.Output.ToString(), size: 12, bold: true);
        string cost = block.MultiplyAdds == 0
            ? "nothing to multiply"
            : $"{(IsRepeated ? "in all " : "")}{CountFormat.Short(block.MultiplyAdds)} mult-adds, {CountFormat.Short(block.Parameters)} parameters";
        canvas.Text(x + (Width / 2), bottom - 12, cost, size: 10, fill: "#4a5362");
    }
}
