using System.Net;
using System.Text;

namespace InceptionMl.Training.Retraining;

/// <summary>A page of HTML that needs no other file, written from the top; every text is escaped.</summary>
internal sealed class HtmlPage
{
    private readonly StringBuilder html = new();

    public HtmlPage(string title)
    {
        html.Append("<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"generator\" content=\"InceptionMl\">\n")
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">\n")
            .Append("<title>").Append(Text(title)).Append("</title>\n<style>\n").Append(Style()).Append("</style>\n<h1>").Append(Text(title)).Append("</h1>\n");
    }

    public void Heading(string text) => html.Append("<h2>").Append(Text(text)).Append("</h2>\n");

    public void Subheading(string text) => html.Append("<h3>").Append(Text(text)).Append("</h3>\n");

    public void Paragraph(string text, string? style = null) =>
        html.Append("<p").Append(style is null ? string.Empty : $" class=\"{style}\"").Append('>').Append(Text(text)).Append("</p>\n");

    public void List(IEnumerable<string> texts)
    {
        html.Append("<ul>\n");
        foreach (string text in texts)
        {
            html.Append("<li>").Append(Text(text)).Append("</li>\n");
        }

        html.Append("</ul>\n");
    }

    public void Table(IEnumerable<string> header, IEnumerable<IEnumerable<string>> rows)
    {
        html.Append("<div class=\"scroll\"><table>\n<tr>");
        foreach (string cell in header)
        {
            html.Append("<th scope=\"col\">").Append(Text(cell)).Append("</th>");
        }

        html.Append("</tr>\n");
        foreach (IEnumerable<string> row in rows)
        {
            html.Append("<tr>");
            foreach (string cell in row)
            {
                html.Append("<td>").Append(Text(cell)).Append("</td>");
            }

            html.Append("</tr>\n");
        }

        html.Append("</table></div>\n");
    }

    /// <summary>Images, each with its name and lines of text below; one that could not be read is its text alone.</summary>
    public void Images(IEnumerable<(byte[]? Jpeg, string Name, IEnumerable<string> Lines)> images)
    {
        html.Append("<ul class=\"images\">\n");
        foreach ((byte[]? jpeg, string name, IEnumerable<string> lines) in images)
        {
            html.Append("<li>");
            if (jpeg is not null)
            {
                html.Append("<img alt=\"").Append(Text(name)).Append("\" src=\"data:image/jpeg;base64,").Append(Convert.ToBase64String(jpeg)).Append("\">");
            }

            html.AppendJoin("<br>", lines.Select(Text)).Append("<br><span class=\"name\">").Append(Text(name)).Append("</span></li>\n");
        }

        html.Append("</ul>\n");
    }

    public byte[] ToUtf8() => Encoding.UTF8.GetBytes(html.Append("</html>\n").ToString());

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Style()
    {
        using StreamReader reader = new(typeof(HtmlPage).Assembly.GetManifestResourceStream("report.css")!);
        return reader.ReadToEnd();
    }
}
