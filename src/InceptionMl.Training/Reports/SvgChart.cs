namespace InceptionMl.Training;

/// <summary>
/// A chart as inline SVG. It takes its colors from the page, so that it is as good in the dark and on paper; where the figures matter, a table beside it
/// says them to a screen reader.
/// </summary>
internal sealed class SvgChart
{
    public const double Width = 460;
    public const double Height = 300;

    private const double Left = 60;
    private const double Right = 24;
    private const double Top = 12;
    private const double Bottom = 44;

    private readonly HtmlPage page;
    private readonly (double From, double To) x;
    private readonly (double From, double To) y;

    /// <summary>Begins a chart.</summary>
    /// <param name="page">The page that it goes to.</param>
    /// <param name="title">What it shows, above it.</param>
    /// <param name="summary">What there is to see in it, for those who do not see it.</param>
    /// <param name="x">The horizontal axis.</param>
    /// <param name="y">The vertical axis.</param>
    public SvgChart(HtmlPage page, string title, string summary, Axis x, Axis y)
    {
        this.page = page;
        this.x = (x.Ticks[0].At, x.Ticks[^1].At);
        this.y = (y.Ticks[0].At, y.Ticks[^1].At);
        page.Add($"<figure><figcaption>{title}</figcaption>\n<svg class=\"chart\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{summary}\">\n<g class=\"grid\">");
        foreach ((double at, string text) in y.Ticks)
        {
            page.Add($"<path d=\"M{Left} {Y(at)}H{Width - Right}\"/><text class=\"end\" x=\"{Left - 7}\" y=\"{Y(at) + 4}\">{text}</text>");
        }

        foreach ((double at, string text) in x.Ticks)
        {
            page.Add($"<text class=\"middle\" x=\"{X(at)}\" y=\"{Height - Bottom + 17}\">{text}</text>");
        }

        page.Add($"<text class=\"middle title\" x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 6}\">{x.Title}</text>");
        page.Add($"<text class=\"middle title\" transform=\"translate(12 {(Top + Height - Bottom) / 2}) rotate(-90)\">{y.Title}</text></g>\n");
    }

    /// <summary>Ticks from 0 to 100 %.</summary>
    public static (double At, string Text)[] Shares(int steps) =>
        [.. Enumerable.Range(0, steps + 1).Select(i => ((double)i / steps, FormattableString.Invariant($"{100 * i / steps}\u00a0%")))];

    public void Line(IEnumerable<(double X, double Y)> points, string style)
    {
        char command = 'M';
        page.Add($"<path class=\"{style}\" d=\"");
        foreach ((double atX, double atY) in points)
        {
            page.Add($"{command.ToString()}{X(atX)} {Y(atY)}");
            command = 'L';
        }

        page.Add($"\"/>\n");
    }

    public void Dots(IEnumerable<(double X, double Y, string Text)> points, string style)
    {
        foreach ((double atX, double atY, string text) in points)
        {
            page.Add($"<circle class=\"{style}\" cx=\"{X(atX)}\" cy=\"{Y(atY)}\" r=\"4.5\"><title>{text}</title></circle>");
        }
    }

    public void Label(double atX, double atY, string text, string style = "middle") =>
        page.Add($"<text class=\"{style}\" x=\"{X(atX)}\" y=\"{Y(atY) - 10}\">{text}</text>\n");

    /// <summary>A bar that stands on the horizontal axis.</summary>
    public void Bar(double from, double to, double height, string text) => page.Add(
        $"<rect class=\"column\" x=\"{X(from) + 1}\" y=\"{Y(height)}\" width=\"{X(to) - X(from) - 2}\" height=\"{Y(y.From) - Y(height)}\"><title>{text}</title></rect>");

    /// <summary>Ends the chart.</summary>
    public void End() => page.Add($"</svg></figure>\n");

    private double X(double at) => Left + ((at - x.From) / (x.To - x.From) * (Width - Left - Right));

    private double Y(double at) => Height - Bottom - ((at - y.From) / (y.To - y.From) * (Height - Top - Bottom));

    /// <summary>An axis from its first tick to its last.</summary>
    /// <param name="Title">What it measures.</param>
    /// <param name="Ticks">Where it is marked, and how.</param>
    internal sealed record Axis(string Title, IReadOnlyList<(double At, string Text)> Ticks);
}
