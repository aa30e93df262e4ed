using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using InceptionMl.Internal;

namespace InceptionMl.Training;

/// <summary>
/// A page of HTML that needs no other file and runs no script, written from the top. Whatever is interpolated is encoded, so that no
/// name becomes markup or turns the reading direction.
/// </summary>
internal sealed class HtmlPage
{
    private readonly StringBuilder html = new();
    private readonly List<(string Id, string Title)> sections = [];
    private readonly int contentsAt;

    /// <param name="title">What the page is about.</param>
    /// <param name="kind">What the page is, above the title.</param>
    /// <param name="lead">A sentence or two below it.</param>
    public HtmlPage(string title, string kind, string lead)
    {
        string style = Style();
        Add($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'; base-uri 'none'; form-action 'none'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="generator" content="InceptionMl">
            <meta name="color-scheme" content="light dark">
            <title>{title}: {kind}</title>
            <style>
            """);
        html.Append(style);
        Add($"""
            </style>
            </head>
            <body>
            <a class="skip" href="#main">Skip to the content</a>
            <header>
            <p class="kind">{kind}</p>
            <h1>{title}</h1>
            <p class="lead">{lead}</p>
            </header>

            """);
        contentsAt = html.Length;
        html.Append("<main id=\"main\" tabindex=\"-1\">\n");
    }

    /// <summary>Adds markup. Its own text is taken as it is; what is interpolated is encoded.</summary>
    /// <returns>The page, on which the markup stands by then.</returns>
    public HtmlPage Add([InterpolatedStringHandlerArgument("")] Markup markup)
    {
        _ = markup;
        return this;
    }

    /// <summary>Ends the section before and begins another, which the table of contents names.</summary>
    /// <param name="id">What links lead to.</param>
    /// <param name="title">The heading.</param>
    public void Section(string id, string title)
    {
        EndSection();
        sections.Add((id, title));
        Add($"<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{title}</h2>\n");
    }

    public void Subheading(string text) => Add($"<h3>{text}</h3>\n");

    public void Paragraph(string text, string style = "text") => Add($"<p class=\"{style}\">{text}</p>\n");

    public void List(IEnumerable<string> texts)
    {
        html.Append("<ul>\n");
        foreach (string text in texts)
        {
            Add($"<li>{text}</li>\n");
        }

        html.Append("</ul>\n");
    }

    /// <summary>Terms, each with what it means.</summary>
    public void Terms(IEnumerable<(string Term, string Meaning)> terms)
    {
        html.Append("<dl>\n");
        foreach ((string term, string meaning) in terms)
        {
            Add($"<div><dt>{term}</dt><dd>{meaning}</dd></div>\n");
        }

        html.Append("</dl>\n");
    }

    /// <summary>A table whose first column names its rows.</summary>
    /// <param name="caption">What a screen reader says of it.</param>
    /// <param name="header">The heads of the columns.</param>
    /// <param name="rows">The cells.</param>
    public void Table(string caption, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        BeginTable(caption, header);
        foreach (IReadOnlyList<string> row in rows)
        {
            Add($"<tr><th scope=\"row\">{row[0]}</th>");
            foreach (string cell in row.Skip(1))
            {
                Add($"<td>{cell}</td>");
            }

            html.Append("</tr>\n");
        }

        EndTable();
    }

    /// <summary>Begins a table that scrolls where it is wider than the page; rows follow.</summary>
    public void BeginTable(string caption, IEnumerable<string> header, string style = "figures")
    {
        Add($"<div class=\"scroll\" role=\"region\" aria-label=\"{caption}\" tabindex=\"0\"><table class=\"{style}\"><caption>{caption}</caption>\n<thead><tr>");
        foreach (string cell in header)
        {
            _ = cell.Length == 0 ? Add($"<td></td>") : Add($"<th scope=\"col\">{cell}</th>");
        }

        html.Append("</tr></thead>\n<tbody>\n");
    }

    public void EndTable() => html.Append("</tbody></table></div>\n");

    /// <summary>A bar from nothing to all, for the eye alone.</summary>
    public void Bar(double share, string style = "bar") => Add(
        $"<svg class=\"{style}\" viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect class=\"track\" width=\"100\" height=\"8\"/><rect width=\"{100 * share}\" height=\"8\"/></svg>");

    /// <summary>Gets the page; nothing is added afterwards.</summary>
    public byte[] ToUtf8()
    {
        EndSection();
        html.Append("</main>\n</body>\n</html>\n");
        int end = html.Length;
        if (sections.Count > 1)
        {
            html.Append("<nav aria-label=\"Contents\"><ul>\n");
            foreach ((string id, string title) in sections)
            {
                Add($"<li><a href=\"#{id}\">{title}</a></li>\n");
            }

            html.Append("</ul></nav>\n");
        }

        string all = html.ToString();
        return Encoding.UTF8.GetBytes(string.Concat(all.AsSpan(0, contentsAt), all.AsSpan(end), all.AsSpan(contentsAt, end - contentsAt)));
    }

    private void EndSection()
    {
        if (sections.Count > 0)
        {
            html.Append("</section>\n");
        }
    }

    private static string Style()
    {
        using StreamReader reader = new(typeof(HtmlPage).Assembly.GetManifestResourceStream("report.css")!);
        return reader.ReadToEnd();
    }

    /// <summary>Appends an interpolated string to a page, with every hole encoded.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct Markup
    {
        private readonly StringBuilder html;

        public Markup(int literalLength, int formattedCount, HtmlPage page)
        {
            html = page.html;
            html.EnsureCapacity(html.Length + literalLength + (8 * formattedCount));
        }

        public void AppendLiteral(string text) => html.Append(text);

        public void AppendFormatted(string? text) => html.Append(WebUtility.HtmlEncode(Printable.Escape(text ?? string.Empty)));

        public void AppendFormatted(int number) => html.Append(CultureInfo.InvariantCulture, $"{number}");

        public void AppendFormatted(double number, string format = "0.##") => html.Append(number.ToString(format, CultureInfo.InvariantCulture));

        /// <summary>A JPEG image as an address that holds all of it.</summary>
        public void AppendFormatted(byte[] jpeg) => html.Append("data:image/jpeg;base64,").Append(Convert.ToBase64String(jpeg));
    }
}
