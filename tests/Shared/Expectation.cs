namespace InceptionMl.TestSupport;

/// <summary>Long texts that people are shown, held against files that stand beside the tests.</summary>
internal static class Expectation
{
    private static readonly string Project = Workspace.At("tests", typeof(Expectation).Assembly.GetName().Name!);

    /// <summary>Compares, and leaves what was found where the message says.</summary>
    /// <param name="actual">What is shown.</param>
    /// <param name="file">The file below the test project's folder.</param>
    public static void Holds(string actual, params string[] file)
    {
        string expected = Path.Combine([Project, .. file]);
        string found = Path.Combine([AppContext.BaseDirectory, "found", .. file]);
        Directory.CreateDirectory(Path.GetDirectoryName(found)!);
        File.WriteAllText(found, actual.ReplaceLineEndings("\n"));
        string wanted = File.Exists(expected) ? Read(file) : string.Empty;
        Assert.True(wanted == actual.ReplaceLineEndings("\n"), $"The text is another one. Where that is meant, copy {found} over {expected}.\n{actual}");
    }

    /// <summary>A file below the test project's folder, for a comparison that is more than one of equal texts.</summary>
    public static string Read(params string[] file) => File.ReadAllText(Path.Combine([Project, .. file])).ReplaceLineEndings("\n");
}
