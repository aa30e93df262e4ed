using InceptionMl.Tests;

namespace InceptionMl.Backbones.Tests;

public sealed class PublicApiTests
{
    [Fact]
    public void The_public_surface_is_the_one_on_record() => PublicApi.AssertRecorded(typeof(Backbone).Assembly);
}
