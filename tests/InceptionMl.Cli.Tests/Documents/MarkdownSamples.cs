using System.Text.RegularExpressions;
using InceptionMl.TestSupport;

namespace InceptionMl.Cli.Tests.Documents;

/// <summary>
/// The C# in our documents. A block fenced as <c>csharp</c> is a whole program, as a reader pastes it into Program.cs; one fenced as <c>cs</c>
/// is a piece of a web application, in which there are <c>builder</c>, <c>app</c> and <c>scorer</c>.
/// </summary>
internal static partial class MarkdownSamples
{
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
        .EnumerateFiles(Workspace.At(), "*.md", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden })
        .Select(path => Path.GetRelativePath(Workspace.At(), path).Replace('\\', '/'))
        .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "artifacts" or "node_modules"))
        .Order(StringComparer.Ordinal);

    /// <summary>The programs of a document, each as the source files of a project.</summary>
    public static IEnumerable<string[]> Programs(string document)
    {
        bool web = document.Contains("AspNetCore", StringComparison.Ordinal);
        foreach (Match block in Fenced().Matches(Text(document)))
        {
            string code = block.Groups["code"].Value;
            bool whole = block.Groups["language"].Value == "csharp";
            yield return [whole ? code : Surroundings + code, ImplicitUsings, web ? WebUsings : string.Empty];
        }
    }

    /// <summary>Lines of indented blocks that look like C#: a compiler never sees those.</summary>
    public static IEnumerable<string> Indented(string document) =>
        OutsideFences(Text(document)).Where(line => IndentedStatement().IsMatch(line));

    /// <summary>The first program of a document.</summary>
    public static string First(string document) => Fenced().Match(Text(document)).Groups["code"].Value;

    private static string Text(string document) => File.ReadAllText(Workspace.At(document.Split('/'))).ReplaceLineEndings("\n");

    private static string[] OutsideFences(string text) => AnyFenced().Replace(text, string.Empty).Split('\n');

    [GeneratedRegex("^```(?<language>csharp|cs)\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Fenced();

    [GeneratedRegex("^```.*?^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex AnyFenced();

    [GeneratedRegex("^    .*;( *//.*)?$")]
    private static partial Regex IndentedStatement();
}
