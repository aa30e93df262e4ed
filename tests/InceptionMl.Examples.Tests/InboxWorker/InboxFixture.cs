using InboxWorker;
using InceptionMl.Scoring;
using InceptionMl.TestSupport;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace InceptionMl.Examples.Tests.InboxWorker;

/// <summary>A worker's parts on a folder of their own, as <c>Program</c> puts them together.</summary>
internal sealed class InboxFixture : IDisposable
{
    public static readonly DateTimeOffset Now = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();

    public InboxFixture(string model, ILogger<InboxPass>? log = null)
    {
        Promoted = new PromotedModel("0001", model);
        Options = new InboxOptions { Folder = folder.Path, Model = model };
        Folders = new InboxFolders(Microsoft.Extensions.Options.Options.Create(Options));
        Table = new ResultTable(Folders);
        Model = ReloadingImageScorer.Open(() => Promoted);
        Pass = new InboxPass(Folders, new Arrivals(Folders), Table, Model, new FixedTime(), log ?? NullLogger<InboxPass>.Instance);
    }

    /// <summary>What the next pass scores with.</summary>
    public PromotedModel Promoted { get; set; }

    public InboxOptions Options { get; }

    public InboxFolders Folders { get; }

    public ResultTable Table { get; }

    public ReloadingImageScorer Model { get; }

    public InboxPass Pass { get; }

    public IReadOnlyList<string> Inbox => Names(Folders.Inbox);

    public IReadOnlyList<string> Done => Names(Folders.Done);

    public IReadOnlyList<string> Failed => Names(Folders.Failed);

    public string Arrive(string name, byte[] bytes) => folder.Write(Path.Combine("inbox", name), bytes);

    /// <summary>Looks so many times.</summary>
    public async Task LookAsync(int times = 2)
    {
        for (int i = 0; i < times; i++)
        {
            await Pass.RunAsync(TestContext.Current.CancellationToken);
        }
    }

    public void Dispose()
    {
        Model.Dispose();
        Table.Dispose();
        folder.Dispose();
    }

    private static string[] Names(string path) => [.. Directory.EnumerateFiles(path).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
