using InceptionMl.TestSupport;
using InceptionMl.Tests;
using InceptionMl.Training.Training;

namespace InceptionMl.Training.Tests;

public sealed class PublicApiTests
{
    [Fact]
    public void The_public_surface_is_the_one_on_record()
    {
        string record = Workspace.At("tests", "InceptionMl.Training.Tests", "PublicApi.txt");
        string[] recorded = File.Exists(record) ? File.ReadAllLines(record) : [];
        string actual = PublicApi.Of(typeof(ImageTrainer).Assembly);
        string[] found = actual.TrimEnd('\n').Split('\n');

        string proposal = Path.Combine(AppContext.BaseDirectory, "PublicApi.txt");
        File.WriteAllText(proposal, actual);
        Assert.True(
            recorded.SequenceEqual(found),
            $"""
            The public surface of InceptionMl.Training changed. Where that is meant, copy {proposal} over {record}.
            gone: {string.Join("; ", recorded.Except(found))}
            new: {string.Join("; ", found.Except(recorded))}
            """);
    }
}
