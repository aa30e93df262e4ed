using System.Net;
using InceptionMl.Backbones;
using InceptionMl.Backbones.Download;
using InceptionMl.TestSupport;
using Spectre.Console.Testing;

namespace InceptionMl.Cli.Tests.Backbones;

/// <summary>Published weights that are fetched through the tool, and what is shown meanwhile.</summary>
public sealed class BackbonePullVerbTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Store => folder.At("store");

    public void Dispose() => folder.Dispose();

    private Task<ToolRun> RunAsync(params string[] arguments) => Tool.RunAsync(["backbones", .. arguments, "--store", Store]);

    [Fact]
    public async Task A_pull_from_a_wrong_file_says_what_is_wrong_and_does_not_advise_the_same_again()
    {
        string wrong = folder.Write("wrong.h5", [1, 2, 3]);

        ToolRun run = await RunAsync("pull", "inception-v3-notop", "--from", wrong, "--json");

        Assert.Equal((ExitStatus.Failed, ""), (run.Status, run.Output));
        Assert.Contains("is not the published file", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("--from FILE", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Trim().Split('\n'));
        Assert.DoesNotContain((await RunAsync("list", "--json")).Json, line => line.GetProperty("state").GetString() == "stored");
    }

    [Fact]
    public async Task A_pull_that_fails_ends_with_one_message_with_one_address_and_one_place()
    {
        using StringWriter error = new();
        CommandContext context = Tool.Context() with { Error = error, OpenHttp = () => new HttpClient(new NothingThere()) };

        int status = await CommandLine.RunAsync(["backbones", "pull", "inception-v3-notop", "--store", Store], context);

        PublishedFile file = BackboneCatalog.Find("inception-v3-notop")!.File;
        Assert.Equal(ExitStatus.Failed, status);
        Assert.Equal(
            $"{file.FileName} could not be fetched in 1 try: the server answered 404 (Not Found). Fetch {file.Address} by hand and put it at "
                + $"{Path.Combine(new BackboneStore(Store).DownloadFolder, file.FileName)}. A copy anywhere else is taken by --from FILE.\n",
            error.ToString());
    }

    [Fact]
    public async Task The_bar_of_a_download_tells_that_it_tries_again()
    {
        using TestConsole console = new TestConsole().Width(160).Interactive();
        CommandContext context = Tool.Context() with { Interactive = true, ErrorConsole = console };

        await DownloadDisplay.RunAsync(context, "weights [1].h5", progress =>
        {
            progress.Report(new DownloadProgress(1, 4, 1));
            progress.Report(new DownloadProgress(1, 4, 2));
            return Task.FromResult(0);
        });

        Assert.Contains("weights [1].h5 (try 2)", console.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_bar_of_a_download_with_a_long_name_breaks_no_word_at_80_columns()
    {
        using TestConsole console = new TestConsole().Width(80).Interactive();
        CommandContext context = Tool.Context() with { Interactive = true, ErrorConsole = console };

        await DownloadDisplay.RunAsync(context, "inception_v3_weights_tf_dim_ordering_tf_kernels_notop.h5", progress =>
        {
            progress.Report(new DownloadProgress(1_234_567, 98_765_432, 2));
            return Task.FromResult(0);
        });

        Assert.Contains(console.Lines, line => new[] { "inception_v3_weights_tf… (try 2) ", " 1.2/94.2 MiB ", "/s " }.All(line.Contains));
    }

    private sealed class NothingThere : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound) { RequestMessage = request });
    }
}
