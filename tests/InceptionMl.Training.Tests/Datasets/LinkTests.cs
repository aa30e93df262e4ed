using InceptionMl.Batch;
using InceptionMl.TestSupport;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Training.Tests.Datasets;

public sealed class LinkTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public LinkTests() => folder.Images("set/a/1.jpg", "set/a/2.jpg", "set/b/1.jpg", "set/b/2.jpg", "elsewhere/3.jpg", "elsewhere/deep/4.jpg");

    private string Root => folder.At("set");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Links_to_files_and_folders_are_followed_and_said()
    {
        folder.LinkOrSkip("set/a/l.jpg", folder.At("elsewhere", "3.jpg"));
        folder.LinkOrSkip("set/b/more", "../../elsewhere");
        folder.LinkOrSkip("set/c", folder.At("elsewhere", "deep"));
        ImageDataset dataset = TestDatasets.Open(Root, new DatasetOptions { ForTraining = false });
        Assert.Equal(["a/1.jpg", "a/2.jpg", "a/l.jpg", "b/1.jpg", "b/2.jpg", "b/more/3.jpg", "b/more/deep/4.jpg", "c/4.jpg"], dataset.PathsBelow(Root));
        Assert.Equal(2, dataset.Diagnostics.Count);
        Assert.Contains("2 images lie deeper", dataset.Diagnostics[0].Message, StringComparison.Ordinal);
        string warning = dataset.Diagnostics[1].Message;
        Assert.Contains("a/l.jpg'", warning, StringComparison.Ordinal);
        Assert.Contains("b/more'", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Links_are_left_alone_on_request()
    {
        folder.LinkOrSkip("set/a/l.jpg", folder.At("elsewhere", "3.jpg"));
        folder.LinkOrSkip("set/b/more", "../../elsewhere");
        ImageDataset dataset = TestDatasets.Open(Root, new DatasetOptions { FollowLinks = false });
        Assert.Equal(["a/1.jpg", "a/2.jpg", "b/1.jpg", "b/2.jpg"], dataset.PathsBelow(Root));
        Assert.Equal(2, dataset.Ignored);
        Assert.Equal(2, dataset.Diagnostics.Count);
    }

    [Theory]
    [InlineData("set/a/up", "..")]
    [InlineData("set/a/same", "../a")]
    [InlineData("set/a/x/top", "../../..")]
    public void A_link_back_up_is_not_followed(string link, string target)
    {
        folder.LinkOrSkip(link, target);
        ImageDataset dataset = TestDatasets.Open(Root);
        Assert.Equal(4, dataset.Samples.Count);
        Assert.Contains("that holds it", Assert.Single(dataset.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Folders_that_link_to_each_other_end()
    {
        for (int from = 0; from < 8; from++)
        {
            for (int to = 0; to < 8; to++)
            {
                folder.Image($"set/a/f{from}/{from}.jpg");
                if (from != to)
                {
                    Directory.CreateDirectory(folder.At("set", "a", $"f{to}"));
                    folder.LinkOrSkip($"set/a/f{from}/l{to}", $"../f{to}");
                }
            }
        }

        Assert.InRange(TestDatasets.Open(Root).Samples.Count, 12, 20);
    }

    [Fact]
    public void A_link_to_nothing_is_an_input_that_is_listed_when_it_cannot_be_read()
    {
        folder.LinkOrSkip("set/a/gone.jpg", "nowhere.jpg");
        folder.LinkOrSkip("set/a/self.jpg", "self.jpg");
        ImageDataset dataset = TestDatasets.Open(Root);
        Assert.Equal(6, dataset.Samples.Count);
        Assert.Equal(0, dataset.Ignored);
        Assert.Empty(dataset.Diagnostics);
        ImageInput[] errors = [.. TestDatasets.Inputs([Root]).Where(input => input.Error is not null)];
        Assert.Equal([$"{Root}/a/gone.jpg", $"{Root}/a/self.jpg"], errors.Select(input => input.Path));
    }

    [Fact]
    public void A_folder_reached_through_a_link_is_a_folder()
    {
        folder.LinkOrSkip("alias", "set");
        Assert.Equal(4, TestDatasets.Open(folder.At("alias")).Samples.Count);
    }

    [Fact]
    public void A_folder_given_twice_through_a_link_is_read_once_as_the_same_path_is()
    {
        folder.LinkOrSkip("alias", "set");
        foreach (string again in (string[])["set", "alias", "alias/"])
        {
            ImageDataset dataset = ImageDataset.Open(
                [new DatasetSource(Root), new DatasetSource(folder.At(again))], cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal(4, dataset.Samples.Count);
        }
    }
}
