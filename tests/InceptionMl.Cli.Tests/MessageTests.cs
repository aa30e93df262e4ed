using System.Text.RegularExpressions;
using InceptionMl.TestSupport;

namespace InceptionMl.Cli.Tests;

/// <summary>What the framework says ends in a full stop, and stands inside our sentences.</summary>
public sealed partial class MessageTests
{
    [Fact]
    public void What_the_framework_says_is_quoted_without_its_full_stop()
    {
        string[] lines =
        [
            .. Directory.EnumerateFiles(Workspace.At("src"), "*.cs", SearchOption.AllDirectories)
                .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
                .SelectMany(file => File.ReadLines(file).Where(line => Quoted().IsMatch(line)).Select(line => $"{Path.GetFileName(file)}: {line.Trim()}")),
        ];

        Assert.Empty(lines);
    }

    [GeneratedRegex(@"(?:cannot be|could not be) .*\{\w+\.Message\}|\(\{\w+\.Message\}\)|\{\w+\.Message\}\.")]
    private static partial Regex Quoted();
}
