using System.Diagnostics;

namespace InceptionMl.Cli.Tests.Verbs;

[Trait("Category", "Slow")]
public sealed class DescriptorLimitTests
{
    [Theory]
    [InlineData(100)]
    [InlineData(150)]
    public async Task Too_few_file_descriptors_are_one_sentence(int limit)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs a shell with ulimit");
        string tool = Path.Combine(AppContext.BaseDirectory, "InceptionMl.Cli.dll");
        using Process process = Process.Start(new ProcessStartInfo("sh", ["-c", $"ulimit -n {limit}; exec dotnet \"$0\" backbones list", tool])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

        string error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(ExitStatus.Failed, process.ExitCode);
        Assert.Equal($"Only {limit} files may be open at once, and this tool needs 256: raise the limit with `ulimit -n 256`.", error.TrimEnd());
    }
}
