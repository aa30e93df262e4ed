namespace InceptionMl.Training.Tests;

public sealed class HouseTests
{
    [Fact]
    public void The_checkout_is_found() => Assert.True(File.Exists(InceptionMl.TestSupport.Workspace.At("README.md")));
}
