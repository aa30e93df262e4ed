using System.Text.RegularExpressions;
using InceptionMl.TestSupport;

namespace InceptionMl.Cli.Tests.Documents;

/// <summary>A block of code in a document.</summary>
/// <param name="Document">The document, from the repository's root.</param>
/// <param name="Line">The line its text begins in.</param>
/// <param name="Language">The language that the fence names; null for an indented block, which is shell.</param>
/// <param name="Text">The block, without its fence or indentation.</param>
internal sealed record CodeBlock(string Document, int Line, string? Language, string Text);

/// <summary>
/// The code in our documents. A block fenced as <c>csharp</c> is a whole program, as a reader pastes it into Program.cs; one fenced as <c>cs</c>
/// is a piece of a web application, in which there are <c>builder</c>, <c>app</c> and <c>scorer</c>. An indented block is shell, or fenced otherwise.
/// </summary>
internal static partial class MarkdownSamples
{
    private const int MostLines = 5;
    private const int WidestCell = 120;

    // What the SDKs write into a new project.
    private const string ImplicitUsings = """
        global using System; global using System.IO; global using System.Linq; global using System.Collections.Generic;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    private const string WebUsings = """
        global using System.Net.Http.Json; global using Microsoft.AspNetCore.Builder; global using Microsoft.AspNetCore.Hosting;
        global using Microsoft.AspNetCore.Http; global using Microsoft.AspNetCore.Routing; global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection; global using Microsoft.Extensions.Hosting; global using Microsoft.Extensions.Logging;
        """;

    private const string Surroundings = """
        using InceptionMl.AspNetCore;
        WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
        WebApplication app = builder.Build();
        HostedImageScorer scorer = app.Services.GetRequiredService<HostedImageScorer>();
        byte[] bytes = [];

        """;

    /// <summary>The documents, from the repository's root.</summary>
    public static IEnumerable<string> Documents => Directory
        .EnumerateFiles(Workspace.At(), "*.md", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
        .Select(path => Path.GetRelativePath(Workspace.At(), path).Replace('\\', '/'))
        .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "node_modules" or ".git"))
        .Where(path => !path.StartsWith("artifacts/", StringComparison.Ordinal) || path == "artifacts/README.md")
        .Order(StringComparer.Ordinal);

    /// <summary>All blocks of code of a document.</summary>
    public static IEnumerable<CodeBlock> Blocks(string document)
    {
        string[] lines = Text(document).Split('\n');
        bool blank = true;
        for (int i = 0; i < lines.Length; i++)
        {
            if (FenceStart().Match(lines[i]) is { Success: true } fence)
            {
                int first = ++i;
                while (i < lines.Length && !lines[i].TrimStart().StartsWith("```", StringComparison.Ordinal))
                {
                    i++;
                }

                yield return new CodeBlock(document, first + 1, fence.Groups["language"].Value, string.Join('\n', lines[first..i]) + "\n");
            }
            else if (blank && IsIndented(lines[i]))
            {
                int first = i;
                while (i + 1 < lines.Length && (IsIndented(lines[i + 1]) || lines[i + 1].Trim().Length == 0))
                {
                    i++;
                }

                yield return new CodeBlock(document, first + 1, null, string.Concat(lines[first..(i + 1)].Select(line => line.TrimStart() + "\n")).TrimEnd() + "\n");
            }

            blank = lines[i].Trim().Length == 0;
        }
    }

    /// <summary>The programs of a document, each as the source files of a project.</summary>
    public static IEnumerable<string[]> Programs(string document)
    {
        bool web = document.Contains("AspNetCore", StringComparison.Ordinal);
        return Blocks(document).Where(block => block.Language is "csharp" or "cs").Select(block =>
            new[] { block.Language == "csharp" ? block.Text : Surroundings + block.Text, ImplicitUsings, web ? WebUsings : string.Empty });
    }

    /// <summary>The first program of a document.</summary>
    public static string First(string document) => Blocks(document).First(block => block.Language == "csharp").Text;

    /// <summary>Links to files and headings of this repository that are not there.</summary>
    public static IEnumerable<string> BrokenLinks(string document)
    {
        string folder = Path.GetDirectoryName(Workspace.At(document.Split('/')))!;
        foreach (Match link in Link().Matches(AnyFenced().Replace(Text(document), string.Empty)))
        {
            string[] target = link.Groups["target"].Value.Split('#');
            if (target[0].Contains(':', StringComparison.Ordinal))
            {
                continue;
            }

            string path = target[0].Length == 0 ? Workspace.At(document.Split('/')) : Path.GetFullPath(Path.Combine(folder, target[0]));
            if (!Path.Exists(path) || (target.Length > 1 && !Anchors(File.ReadAllText(path)).Contains(target[1])))
            {
                yield return link.Groups["target"].Value;
            }
        }
    }

    /// <summary>Paragraphs of more than five lines, and table cells of more than 120 characters.</summary>
    public static IEnumerable<string> HardToRead(string document)
    {
        int run = 0;
        foreach (string line in AnyFenced().Replace(Text(document), string.Empty).Split('\n'))
        {
            bool row = line.StartsWith('|');
            bool item = ListItem().IsMatch(line);
            run = row || IsIndented(line) || line.Trim().Length == 0 || line.StartsWith('#') ? 0 : item ? 1 : run + 1;
            if (run == MostLines + 1 || (row && line.Split('|').Any(cell => Link().Replace(cell, "]").Trim().Length > WidestCell)))
            {
                yield return line;
            }
        }
    }

    private static IEnumerable<string> Anchors(string text) => Heading().Matches(text)
        .Select(heading => NotInAnchor().Replace(heading.Groups["text"].Value.ToLowerInvariant(), string.Empty).Replace(' ', '-'));

    private static bool IsIndented(string line) => line.StartsWith("    ", StringComparison.Ordinal) && line.Trim().Length > 0;

    private static string Text(string document) => File.ReadAllText(Workspace.At(document.Split('/'))).ReplaceLineEndings("\n");

    [GeneratedRegex("^ *```(?<language>[a-z]*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex FenceStart();

    [GeneratedRegex("^ *```.*?^ *```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex AnyFenced();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (?<text>[^\r\n]*)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\s*([-*]|\d+\.) ")]
    private static partial Regex ListItem();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();
}
