using InceptionMl.Scoring;

namespace InceptionMl.Tests;

public sealed class PublicApiTests
{
    [Fact]
    public void The_public_surface_is_the_one_on_record() => PublicApi.AssertRecorded(typeof(ImageScorer).Assembly);
}
