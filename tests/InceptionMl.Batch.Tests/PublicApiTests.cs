using InceptionMl.Tests;

namespace InceptionMl.Batch.Tests;

public sealed class PublicApiTests
{
    [Fact]
    public void The_public_surface_is_the_one_on_record() => PublicApi.AssertRecorded(typeof(BatchInputs).Assembly);
}
