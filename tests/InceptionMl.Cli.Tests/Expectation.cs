using InceptionMl.TestSupport;

namespace InceptionMl.Cli.Tests;

/// <summary>Long texts that people are shown, held against files that stand beside the tests.</summary>
internal static class Expectation
{
    /// <summary>Compares, and leaves what was found where the message says.</summary>
    /// <param name="actual">What is shown.</param>
    /// <param name="file">The file below the project's folder.</param>
    public static void Holds(string actual, params string[] file)
    {
        string expected = Workspace.At(["tests", "InceptionMl.Cli.Tests", .. file]);
        string found = Path.Combine([AppContext.BaseDirectory, "found", .. file]);
        Directory.CreateDirectory(Path.GetDirectoryName(found)!);
        File.WriteAllText(found, actual.ReplaceLineEndings("\n"));
        string wanted = File.Exists(expected) ? File.ReadAllText(expected).ReplaceLineEndings("\n") : string.Empty;
        Assert.True(wanted == actual.ReplaceLineEndings("\n"), $"The text is another one. Where that is meant, copy {found} over {expected}.\n{actual}");
    }
}
