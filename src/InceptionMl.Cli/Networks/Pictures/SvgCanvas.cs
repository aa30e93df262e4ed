using System.Globalization;
using System.Security;
using System.Text;

namespace InceptionMl.Cli;

/// <summary>The few shapes a picture is made of, as SVG.</summary>
internal sealed class SvgCanvas
{
    private readonly StringBuilder content = new();

    public void Box(double x, double y, double width, double height, string fill, string stroke = "#5b6472", double radius = 4) =>
        Add($"<rect x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{width:0.#}\" height=\"{height:0.#}\" rx=\"{radius:0.#}\" fill=\"{fill}\" stroke=\"{stroke}\"/>");

    public void Text(double x, double y, string text, int size = 11, string anchor = "middle", bool bold = false, string fill = "#1f2630") =>
        Add($"<text x=\"{x:0.#}\" y=\"{y:0.#}\" font-size=\"{size}\" text-anchor=\"{anchor}\"{(bold ? " font-weight=\"bold\"" : "")} fill=\"{fill}\">{SecurityElement.Escape(text)}</text>");

    public void Line(params ReadOnlySpan<(double X, double Y)> points) => Path(points, "#7b8494", "");

    public void Arrow(params ReadOnlySpan<(double X, double Y)> points) => Path(points, "#3d4654", " stroke-width=\"1.6\" marker-end=\"url(#tip)\"");

    public string ToSvg(double width, double height, string title) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        <svg xmlns="http://www.w3.org/2000/svg" width="{width:0}" height="{height:0}" viewBox="0 0 {width:0} {height:0}" font-family="Helvetica, Arial, 'DejaVu Sans', sans-serif">
        <title>{SecurityElement.Escape(title)}</title>
        <defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0,0 L8,4 L0,8 z" fill="#3d4654"/></marker></defs>
        <rect width="100%" height="100%" fill="#ffffff"/>
        {content}</svg>

        """);

    private void Path(ReadOnlySpan<(double X, double Y)> points, string stroke, string more)
    {
        StringBuilder path = new();
        foreach ((double x, double y) in points)
        {
            path.Append(CultureInfo.InvariantCulture, $"{(path.Length == 0 ? "M" : " L")}{x:0.#},{y:0.#}");
        }

        Add($"<path d=\"{path}\" fill=\"none\" stroke=\"{stroke}\"{more}/>");
    }

    private void Add(FormattableString element) => content.Append(element.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
