using InceptionMl.Models;
using InceptionMl.TestSupport;

namespace InceptionMl.Training.Tests.Training;

public sealed class ModelDestinationTests
{
    [Fact]
    public void A_disk_without_room_for_the_model_is_told_before_the_work()
    {
        using TemporaryFolder folder = new();
        string model = folder.At("new", "m.zip");

        ModelDestination.CheckSpace(model, networkBytes: 1);
        ModelFormatException refused = Assert.Throws<ModelFormatException>(() => ModelDestination.CheckSpace(model, long.MaxValue / 4));

        Assert.StartsWith($"{model} needs ", refused.Message, StringComparison.Ordinal);
        Assert.Contains("MB left", refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.At("new")));
    }
}
