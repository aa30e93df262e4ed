using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using InceptionMl.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace InceptionMl.AspNetCore.Tests;

/// <summary>Models change while requests are answered.</summary>
[Collection(SharedModelCollection.Name)]
public sealed class RegistryTests(TrainedDemo demo)
{
    private static readonly byte[] Image = File.ReadAllBytes(TrainedDemo.TestImages[0]);

    private string Registry(TemporaryFolder folder, params string[] versions)
    {
        foreach (string version in versions)
        {
            folder.Write($"versions/{version}/model.zip", File.ReadAllBytes(demo.Model));
        }

        Promote(folder, versions[0]);
        return folder.Path;
    }

    private static void Promote(TemporaryFolder folder, string version) =>
        File.Move(folder.Write("next", Encoding.ASCII.GetBytes(version)), folder.At("current"), overwrite: true);

    private static async Task<string> VersionAsync(HttpResponseMessage response)
    {
        JsonElement answer = await ScoringApp.JsonAsync(response);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return answer.GetProperty("model").GetProperty("version").GetString()!;
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Swapping_under_load_fails_no_request_and_every_answer_names_its_version()
    {
        using TemporaryFolder folder = new();
        string registry = Registry(folder, "0001", "0002", "0003");
        await using ScoringApp app = await ScoringApp.StartAsync(o =>
        {
            o.FromRegistry(registry);
            o.ReloadInterval = TimeSpan.FromMilliseconds(10);
        });
        using CancellationTokenSource enough = new();
        ConcurrentDictionary<string, int> answers = [];
        Task[] clients = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                answers.AddOrUpdate(await VersionAsync(await app.PostAsync(ScoringApp.Form(("a", Image), ("b", Image)))), 1, (_, count) => count + 1);
            }
        }))];

        foreach (string version in (string[])["0002", "0003", "0001"])
        {
            int before = answers.GetValueOrDefault(version);
            Promote(folder, version);
            await Gate.UntilAsync(() => answers.GetValueOrDefault(version) > before || clients.Any(c => c.IsFaulted));
        }

        await enough.CancelAsync();
        await Task.WhenAll(clients);
        Assert.Equal(["0001", "0002", "0003"], answers.Keys.Order());
    }

    [Fact]
    public async Task A_request_under_way_ends_with_the_model_it_began_with()
    {
        using TemporaryFolder folder = new();
        string registry = Registry(folder, "0001", "0002");
        using Gate gate = new();
        await using ScoringApp app = await ScoringApp.StartAsync(o =>
        {
            o.FromRegistry(registry);
            o.ReloadInterval = TimeSpan.FromMilliseconds(10);
            o.Score = gate.Score;
        });
        Task<HttpResponseMessage> early = app.PostAsync(ScoringApp.Form(("a", Image), ("b", Image), ("c", Image)));
        await Gate.UntilAsync(() => app.Scorer.Waiting == 3);

        Promote(folder, "0002");
        await Gate.UntilAsync(() => app.Scorer.ModelVersion == "0002");
        Task<HttpResponseMessage> late = app.PostAsync(Image);
        gate.Open();

        Assert.Equal(("0001", "0002"), (await VersionAsync(await early), await VersionAsync(await late)));
    }

    [Fact]
    public async Task A_version_that_cannot_be_opened_leaves_the_one_before_it()
    {
        using TemporaryFolder folder = new();
        string registry = Registry(folder, "0001");
        folder.Write("versions/0002/model.zip", "no zip"u8.ToArray());
        MessageList log = new();
        await using ScoringApp app = await ScoringApp.StartAsync(
            o =>
            {
                o.FromRegistry(registry);
                o.ReloadInterval = TimeSpan.FromMilliseconds(10);
            },
            services => services.AddLogging(l => l.AddProvider(log)));

        Promote(folder, "0002");
        await Gate.UntilAsync(() => log.Messages.Any(m => m.Text.Contains("0001 goes on serving", StringComparison.Ordinal)));

        Assert.Equal("0001", await VersionAsync(await app.PostAsync(Image)));
    }
}
