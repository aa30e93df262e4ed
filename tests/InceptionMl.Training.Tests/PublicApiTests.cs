using InceptionMl.Tests;
using InceptionMl.Training;

namespace InceptionMl.Training.Tests;

public sealed class PublicApiTests
{
    [Fact]
    public void The_public_surface_is_the_one_on_record() => PublicApi.AssertRecorded(typeof(ImageTrainer).Assembly);
}
