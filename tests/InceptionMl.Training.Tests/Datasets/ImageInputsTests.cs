using InceptionMl.Batch;
using InceptionMl.TestSupport;

namespace InceptionMl.Training.Tests.Datasets;

public sealed class ImageInputsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly InputTally tally = new();

    public ImageInputsTests()
    {
        folder.Images("b.jpg", "a.jpg", "a/1.jpg", "a/x/2.jpg", "a-b/3.jpg", "[odd] name.jpg", "a/.hidden.jpg");
        folder.Text("notes.txt", "x");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Arguments_keep_their_order_and_a_folders_files_are_sorted() => Assert.Equal(
        ["b.jpg", "a/1.jpg", "a/x/2.jpg", "b.jpg"], Names("b.jpg", "a/", "b.jpg"));

    [Fact]
    public void A_folder_is_walked_in_the_order_of_whole_paths()
    {
        string[] names = Names("");
        Assert.Equal(["[odd] name.jpg", "a-b/3.jpg", "a.jpg", "a/1.jpg", "a/x/2.jpg", "b.jpg"], names);
        Assert.Equal(2, tally.Ignored);
    }

    [Theory]
    [InlineData("*.jpg", "[odd] name.jpg|a.jpg|b.jpg")]
    [InlineData("?.jpg", "a.jpg|b.jpg")]
    [InlineData("a*", "a-b/3.jpg|a.jpg|a/1.jpg|a/x/2.jpg")]
    [InlineData("**/*.jpg", "[odd] name.jpg|a-b/3.jpg|a.jpg|a/1.jpg|a/x/2.jpg|b.jpg")]
    [InlineData("**/x/*", "a/x/2.jpg")]
    [InlineData("a/**", "a/1.jpg|a/x/2.jpg")]
    [InlineData("a/**/**/2.jpg", "a/x/2.jpg")]
    [InlineData("*/?.jpg", "a-b/3.jpg|a/1.jpg")]
    [InlineData("[odd]*", "[odd] name.jpg")]
    public void Patterns_are_expanded(string pattern, string expected) => Assert.Equal(expected.Split('|'), Names(pattern));

    [Theory]
    [InlineData("none.jpg", "there is no such file or folder")]
    [InlineData("none/*.jpg", "no image matches the pattern")]
    [InlineData("*.txt", "no image matches the pattern")]
    [InlineData("[ab].jpg", "there is no such file or folder")]
    public void What_is_not_there_is_an_input_with_an_error(string argument, string error)
    {
        ImageInput input = Assert.Single(TestDatasets.Inputs([folder.At(argument)]));
        Assert.Equal((folder.At(argument), error), (input.Path, input.Error));
    }

    [Fact]
    public void An_empty_argument_is_an_error() => Assert.Equal("the path is empty", Assert.Single(TestDatasets.Inputs([""])).Error);

    [Fact]
    public void A_file_named_explicitly_is_an_input_whatever_it_is() => Assert.Equal(["notes.txt", "a/.hidden.jpg"], Names("notes.txt", "a/.hidden.jpg"));

    [Fact]
    public void An_argument_that_exists_is_taken_as_it_is()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "names cannot hold stars here");
        folder.Images("*.jpg");
        Assert.Equal(["*.jpg"], Names("*.jpg"));
    }

    [Fact]
    public void Inputs_come_one_at_a_time()
    {
        IEnumerable<string> Arguments()
        {
            yield return folder.At("a");
            throw new InvalidOperationException("asked for more than was needed");
        }

        Assert.EndsWith("a/1.jpg", TestDatasets.Inputs(Arguments()).First().Path, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_image_is_found_once_in_ordinal_order_whatever_the_names_are()
    {
        using TemporaryFolder random = new();
        Random chance = new(7);
        HashSet<string> expected = [];
        for (int i = 0; i < 200; i++)
        {
            // Folder names have no extension and file names do, so that none is both.
            string[] folders = [.. Enumerable.Range(0, chance.Next(4)).Select(_ => $"{"a-.!"[chance.Next(2)]}{"-+~0"[chance.Next(4)]}"[..chance.Next(1, 3)] + "d")];
            string path = string.Join('/', [.. folders, $"{"a-b+"[chance.Next(4)]}{chance.Next(20)}.jpg"]);
            random.Image(path);
            expected.Add($"{random.Path}/{path}");
        }

        Assert.Equal(expected.Order(StringComparer.Ordinal), TestDatasets.Inputs([random.Path]).Select(input => input.Path));
    }

    private string[] Names(params string[] arguments)
    {
        ImageInput[] inputs = [.. TestDatasets.Inputs(arguments.Select(argument => $"{folder.Path}/{argument}"), tally)];
        Assert.All(inputs, input => Assert.True(input.Error is null && File.Exists(input.FullPath)));
        return [.. inputs.Select(input => input.Path[(folder.Path.Length + 1)..])];
    }
}
