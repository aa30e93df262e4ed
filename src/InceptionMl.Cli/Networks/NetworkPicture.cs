using InceptionMl.Networks.Graph;

namespace InceptionMl.Cli;

/// <summary>
/// A network as an SVG picture on one page: its blocks as cards chained from left to right, row by row, equal blocks that follow
/// each other drawn once.
/// </summary>
internal static class NetworkPicture
{
    private const double PageWidth = 1560;
    private const double Margin = 36;
    private const double Between = 34;
    private const double BetweenRows = 46;
    private const double TitleHeight = 64;

    public static string Write(NetworkSummary summary)
    {
        SvgCanvas canvas = new();
        BlockCard[] cards = [.. PictureBlock.All(summary).Select(block => new BlockCard(block))];
        List<List<BlockCard>> rows = Rows(cards);
        double width = Math.Max(rows.Max(RowWidth), 760) + (2 * Margin);
        string parameters = CountFormat.Grouped(summary.Parameters.Total);
        string totals = $"{parameters} parameters, {CountFormat.Short(summary.MultiplyAdds)} multiply-adds an image of {summary.Image}";
        canvas.Text(Margin, 34, summary.Network.Name, size: 22, anchor: "start", bold: true);
        canvas.Text(Margin, 54, totals, size: 13, anchor: "start", fill: "#4a5362");
        double y = Margin + TitleHeight - 20;
        for (int row = 0; row < rows.Count; row++)
        {
            DrawRow(canvas, rows[row], y);
            double height = rows[row].Max(card => card.Height);
            if (row + 1 < rows.Count)
            {
                Wrap(canvas, RowWidth(rows[row]), y, height);
            }

            y += height + BetweenRows;
        }

        double bottom = DrawLegend(canvas, y - BetweenRows + 30, width);
        return canvas.ToSvg(width, bottom, $"{summary.Network.Name}: {totals}");
    }

    private static List<List<BlockCard>> Rows(BlockCard[] cards)
    {
        List<List<BlockCard>> rows = [[]];
        foreach (BlockCard card in cards)
        {
            if (rows[^1].Count > 0 && RowWidth(rows[^1]) + Between + card.Width > PageWidth)
            {
                rows.Add([]);
            }

            rows[^1].Add(card);
        }

        return rows;
    }

    private static double RowWidth(List<BlockCard> row) => row.Sum(card => card.Width) + (Between * (row.Count - 1));

    private static void DrawRow(SvgCanvas canvas, List<BlockCard> row, double y)
    {
        double x = Margin;
        foreach (BlockCard card in row)
        {
            if (card != row[0])
            {
                canvas.Arrow((x - Between, y + BlockCard.ArrowOffset), (x, y + BlockCard.ArrowOffset));
            }

            card.Draw(canvas, x, y);
            x += card.Width + Between;
        }
    }

    // From the end of a row around to the beginning of the next.
    private static void Wrap(SvgCanvas canvas, double rowWidth, double y, double height)
    {
        double right = Margin + rowWidth;
        double between = y + height + (BetweenRows / 2);
        double next = y + height + BetweenRows + BlockCard.ArrowOffset;
        canvas.Arrow(
            (right, y + BlockCard.ArrowOffset),
            (right + (Margin / 2), y + BlockCard.ArrowOffset),
            (right + (Margin / 2), between),
            (Margin / 2, between),
            (Margin / 2, next),
            (Margin, next));
    }

    private static double DrawLegend(SvgCanvas canvas, double y, double width)
    {
        double x = Margin;
        foreach ((string fill, string meaning) in Palette.Legend)
        {
            double needed = 34 + (6.2 * meaning.Length);
            if (x + needed > width - Margin)
            {
                x = Margin;
                y += 24;
            }

            canvas.Box(x, y - 11, 18, 14, fill);
            canvas.Text(x + 25, y, meaning, anchor: "start");
            x += needed;
        }

        return y + 24;
    }
}
