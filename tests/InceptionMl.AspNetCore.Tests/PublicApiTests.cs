using InceptionMl.Tests;

namespace InceptionMl.AspNetCore.Tests;

// Beside the others, one of which watches the folder that the proposal is written to.
[Collection(SharedModelCollection.Name)]
public sealed class PublicApiTests
{
    [Fact]
    public void The_public_surface_is_the_one_on_record() => PublicApi.AssertRecorded(typeof(HostedImageScorer).Assembly);
}
