using InceptionMl.Internal;
using InceptionMl.TestSupport;
using InceptionMl.Training.Scaffolding;
using InceptionMl.Training.Scaffolding.Internal;

namespace InceptionMl.Training.Tests.Scaffolding;

/// <summary>The folder gets all files or none.</summary>
public sealed class ScaffoldFolderTests(TrainedDemo demo)
{
    private static ModelScaffold Scaffold(bool replace = false) => new(new ScaffoldOptions { Name = "Sample", ReplaceFiles = replace });

    private static string[] Entries(string folder) =>
        [.. Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path)).Order(StringComparer.Ordinal)];

    [Theory]
    [InlineData("new")]
    [InlineData("new/deep in/new")]
    [InlineData("empty")]
    [InlineData("empty/")]
    public void A_folder_that_is_empty_or_not_there_takes_the_files_and_nothing_else(string path)
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.At("empty"));

        IReadOnlyList<string> files = Scaffold().Write(demo.Model, folder.At(path), TestContext.Current.CancellationToken);

        Assert.Equal(files.Append("console").Append("webapi").Order(StringComparer.Ordinal), Entries(folder.At(path)));
        Assert.Equal(File.ReadAllBytes(demo.Model), File.ReadAllBytes(folder.At(path, "Sample.zip")));
        Assert.DoesNotContain(Entries(folder.Path), entry => entry.Contains(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_with_something_in_it_is_refused_unless_files_may_be_replaced()
    {
        using TemporaryFolder folder = new();
        folder.Write("notes.txt", "mine"u8.ToArray());
        folder.Write("console/Program.cs", "old"u8.ToArray());

        ScaffoldException refused = Assert.Throws<ScaffoldException>(() => Scaffold().Write(demo.Model, folder.Path, TestContext.Current.CancellationToken));
        string[] before = Entries(folder.Path);
        Scaffold(replace: true).Write(demo.Model, folder.Path, TestContext.Current.CancellationToken);

        Assert.Contains("is not empty", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["console", "console/Program.cs", "notes.txt"], before);
        Assert.Equal("mine", File.ReadAllText(folder.At("notes.txt")));
        Assert.Contains("Sample", File.ReadAllText(folder.At("console", "Program.cs")), StringComparison.Ordinal);
        Assert.DoesNotContain(Entries(folder.Path), entry => entry.Contains(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public void A_model_inside_the_folder_may_be_the_one_that_is_taken()
    {
        using TemporaryFolder folder = new();
        byte[] model = File.ReadAllBytes(demo.Model);
        string inside = folder.Write("Sample.zip", model);

        Scaffold(replace: true).Write(inside, folder.Path, TestContext.Current.CancellationToken);

        Assert.Equal(model, File.ReadAllBytes(inside));
    }

    [Fact]
    public void What_cannot_be_finished_leaves_the_folder_as_it_was()
    {
        using TemporaryFolder folder = new();
        folder.Write("README.md", "old"u8.ToArray());
        Directory.CreateDirectory(folder.At("webapi", "Program.cs"));
        string[] before = Entries(folder.Path);

        ScaffoldException refused = Assert.Throws<ScaffoldException>(() => Scaffold(replace: true).Write(demo.Model, folder.Path, TestContext.Current.CancellationToken));

        Assert.Contains(folder.At("webapi", "Program.cs"), refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, Entries(folder.Path));
        Assert.Equal("old", File.ReadAllText(folder.At("README.md")));
    }

    [Fact]
    public void A_failure_half_way_puts_back_what_was_replaced()
    {
        using TemporaryFolder folder = new();
        folder.Write("README.md", "old"u8.ToArray());
        folder.Write("webapi", "a file where a folder goes"u8.ToArray());
        string[] before = Entries(folder.Path);

        Assert.ThrowsAny<IOException>(() => Scaffold(replace: true).Write(demo.Model, folder.Path, TestContext.Current.CancellationToken));

        Assert.Equal(before, Entries(folder.Path));
        Assert.Equal("old", File.ReadAllText(folder.At("README.md")));
    }

    [Fact]
    public void An_interruption_leaves_nothing()
    {
        using TemporaryFolder folder = new();

        Assert.ThrowsAny<OperationCanceledException>(() => Scaffold().Write(demo.Model, folder.At("out"), new CancellationToken(canceled: true)));

        Assert.Empty(Entries(folder.Path));
    }

    [Fact]
    public void What_a_killed_run_left_aside_is_no_content_and_goes_and_what_a_living_one_writes_stays()
    {
        using TemporaryFolder folder = new();
        string left = folder.At($".inceptionml.{Guid.NewGuid():N}.tmp");
        string living = folder.At($".inceptionml.{Guid.NewGuid():N}.tmp");
        folder.Write(Path.Combine(left, "files", "half.cs"), "half"u8.ToArray());
        folder.Write(Path.Combine(left, ".lock"), []);
        Directory.CreateDirectory(living);
        using FileStream held = TemporaryPath.Hold(Path.Combine(living, ".lock"), FileMode.CreateNew);

        Scaffold().Write(demo.Model, folder.Path, TestContext.Current.CancellationToken);

        Assert.False(Directory.Exists(left));
        Assert.True(Directory.Exists(living));
        Assert.True(File.Exists(folder.At("Sample.zip")));
    }

    [Theory]
    [InlineData("no identifier", "try NoIdentifier")]
    [InlineData("class", "keyword")]
    public void A_name_that_cannot_be_is_refused_before_anything_is_written(string name, string told)
    {
        using TemporaryFolder folder = new();

        ScaffoldException refused = Assert.Throws<ScaffoldException>(
            () => new ModelScaffold(new ScaffoldOptions { Name = name }).Write(demo.Model, folder.At("out"), TestContext.Current.CancellationToken));

        Assert.Contains(told, refused.Message, StringComparison.Ordinal);
        Assert.Empty(Entries(folder.Path));
    }

    [Fact]
    public void A_file_in_the_folders_place_is_named()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("file", [1]);

        ScaffoldException refused = Assert.Throws<ScaffoldException>(() => Scaffold().Write(demo.Model, file, TestContext.Current.CancellationToken));

        Assert.Equal($"{file} is a file: name a folder.", refused.Message);
    }
}
