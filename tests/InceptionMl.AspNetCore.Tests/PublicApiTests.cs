using InceptionMl.Tests;
using InceptionMl.TestSupport;

namespace InceptionMl.AspNetCore.Tests;

// Beside the others, one of which watches the folder that the proposal is written to.
[Collection(SharedModelCollection.Name)]
public sealed class PublicApiTests
{
    [Fact]
    public void The_public_surface_is_the_one_on_record()
    {
        string record = Workspace.At("tests", "InceptionMl.AspNetCore.Tests", "PublicApi.txt");
        string[] recorded = File.Exists(record) ? File.ReadAllLines(record) : [];
        string actual = PublicApi.Of(typeof(HostedImageScorer).Assembly);
        string[] found = actual.TrimEnd('\n').Split('\n');

        string proposal = Path.Combine(AppContext.BaseDirectory, "PublicApi.txt");
        File.WriteAllText(proposal, actual);
        Assert.True(
            recorded.SequenceEqual(found),
            $"""
            The public surface of InceptionMl.AspNetCore changed. Where that is meant, copy {proposal} over {record}.
            gone: {string.Join("; ", recorded.Except(found))}
            new: {string.Join("; ", found.Except(recorded))}
            """);
    }
}
