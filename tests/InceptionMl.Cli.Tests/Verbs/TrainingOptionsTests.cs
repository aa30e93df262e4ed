using InceptionMl.TestSupport;

namespace InceptionMl.Cli.Tests.Verbs;

public sealed class TrainingOptionsTests
{
    [Theory]
    [InlineData("--folds", "1")]
    [InlineData("--time-budget", "0")]
    [InlineData("--augment-copies", "17")]
    [InlineData("--l2", "1,-1")]
    [InlineData("--class-weight", "bolt=0")]
    public async Task A_value_out_of_range_is_told_by_its_option(string option, string value)
    {
        using TemporaryFolder folder = new();

        ToolRun run = await Tool.RunAsync("train", TrainedDemo.Images, "--out", folder.At("m.zip"), option, value);

        Assert.Equal(2, run.Status);
        Assert.StartsWith($"{option} {value} cannot be used. The training settings: ", run.Error, StringComparison.Ordinal);
    }
}
