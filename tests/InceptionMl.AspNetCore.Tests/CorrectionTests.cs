using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using InceptionMl.TestSupport;
using InceptionMl.Training.Datasets;
using Microsoft.AspNetCore.Builder;

namespace InceptionMl.AspNetCore.Tests;

/// <summary>Images that people give the right label of, kept to train on.</summary>
[Collection(SharedModelCollection.Name)]
public sealed class CorrectionTests(TrainedDemo demo)
{
    private static readonly byte[] Image = File.ReadAllBytes(TrainedDemo.TestImages[0]);
    private static readonly string FileName = Convert.ToHexStringLower(SHA256.HashData(Image)) + ".jpg";

    private Task<ScoringApp> StartAsync(string? folder, Action<ImageScoringOptions>? configure = null) => ScoringApp.StartAsync(
        o =>
        {
            (o.Path, o.CollectFolder) = (demo.Model, folder);
            configure?.Invoke(o);
        },
        pipeline: (web, _) =>
        {
            web.MapImageScoringModel();
            web.MapImageScoringPage();
        });

    private static async Task<HttpResponseMessage> CorrectAsync(ScoringApp app, string label, byte[]? image = null, string type = "image/jpeg")
    {
        ByteArrayContent content = new(image ?? Image);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return await app.Client.PostAsync($"/page/corrections?label={Uri.EscapeDataString(label)}", content, TestContext.Current.CancellationToken);
    }

    private static string[] Files(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Fact]
    public async Task A_correction_is_kept_once_under_the_label_given_last_in_a_folder_to_train_on()
    {
        using TemporaryFolder folder = new();
        string kept = folder.At("kept");
        await using ScoringApp app = await StartAsync(kept);

        JsonElement first = await ScoringApp.JsonAsync(await CorrectAsync(app, "washer"));
        await CorrectAsync(app, " NUT ");
        await CorrectAsync(app, "nut");
        foreach ((string label, int image) in new[] { ("nut", 1), ("spring washer", 2), ("spring washer", 3) })
        {
            await CorrectAsync(app, label, await File.ReadAllBytesAsync(TrainedDemo.TestImages[image], TestContext.Current.CancellationToken));
        }

        Assert.Equal(("washer", $"washer/{FileName}"), (first.GetProperty("label").GetString(), first.GetProperty("file").GetString()));
        Assert.Equal(["nut", "nut", "spring washer", "spring washer"], Files(kept).Select(f => f.Split('/')[0]));
        Assert.Equal(Image, await File.ReadAllBytesAsync(Path.Combine(kept, "nut", FileName), TestContext.Current.CancellationToken));
        Assert.Equal(["nut", "spring washer"], ImageDataset.Open(kept, cancellationToken: TestContext.Current.CancellationToken).Classes);
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("..")]
    [InlineData(".hidden")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("/etc")]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("nul")]
    [InlineData("COM1.txt")]
    [InlineData("train")]
    [InlineData("Validation")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    [InlineData("a\u202Eb")]
    [InlineData("<b>")]
    [InlineData("dent.")]
    public async Task A_label_that_is_no_folders_name_is_refused_and_nothing_is_written(string label)
    {
        using TemporaryFolder folder = new();
        await using ScoringApp app = await StartAsync(folder.At("kept"));

        JsonElement problem = await ScoringApp.ProblemAsync(await CorrectAsync(app, label), 400);
        await ScoringApp.ProblemAsync(await CorrectAsync(app, new string('x', 65)), 400);

        Assert.Contains("cannot be a folder's name", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(Files(folder.Path));
    }

    [Fact]
    public async Task What_is_no_image_a_form_and_what_is_too_much_are_not_kept()
    {
        using TemporaryFolder folder = new();
        await using ScoringApp app = await StartAsync(folder.At("kept"), o => (o.MaxImageBytes, o.MaxCollectedBytes) = (100_000, 100));

        await ScoringApp.ProblemAsync(await CorrectAsync(app, "nut", "text"u8.ToArray()), 422);
        await ScoringApp.ProblemAsync(await CorrectAsync(app, "nut", new byte[100_001]), 413);
        await ScoringApp.ProblemAsync(await CorrectAsync(app, "nut", type: "text/plain"), 415);
        await ScoringApp.ProblemAsync(await app.Client.PostAsync(
            "/page/corrections?label=nut", ScoringApp.Form(("a.jpg", Image)), TestContext.Current.CancellationToken), 415);
        await ScoringApp.ProblemAsync(await CorrectAsync(app, "nut"), 507);

        Assert.Empty(Files(folder.Path));
    }

    [Fact]
    public async Task A_link_in_the_folder_is_not_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a right there");
        using TemporaryFolder folder = new();
        string outside = Directory.CreateDirectory(folder.At("outside")).FullName;
        Directory.CreateDirectory(folder.At("kept"));
        Directory.CreateSymbolicLink(folder.At("kept", "nut"), outside);
        await using ScoringApp app = await StartAsync(folder.At("kept"));

        await ScoringApp.ProblemAsync(await CorrectAsync(app, "nut"), 507);

        Assert.Empty(Directory.EnumerateFileSystemEntries(outside));
    }

    [Fact]
    public async Task Nothing_is_kept_where_no_folder_is_set_and_the_key_is_asked_for()
    {
        using TemporaryFolder folder = new();
        await using ScoringApp off = await StartAsync(null);
        await using ScoringApp keyed = await StartAsync(folder.At("kept"), o => o.ApiKey = "correct-horse");

        await ScoringApp.ProblemAsync(await CorrectAsync(off, "nut"), 404);
        await ScoringApp.ProblemAsync(await CorrectAsync(keyed, "nut"), 401);
        await ScoringApp.ProblemAsync(await keyed.Client.GetAsync("/model", TestContext.Current.CancellationToken), 401);

        Assert.Empty(Files(folder.Path));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_stops_the_start_with_a_sentence()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("file", [1]);

        ImageScorerStartException refused = await Assert.ThrowsAsync<ImageScorerStartException>(() => StartAsync(file));

        Assert.Contains($"corrections cannot be kept in {file}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_model_tells_its_labels_and_how_good_it_is()
    {
        await using ScoringApp app = await StartAsync(null);

        JsonElement model = await ScoringApp.JsonAsync(await app.Client.GetAsync("/model", TestContext.Current.CancellationToken));

        Assert.Equal((ScoringApp.Name, app.Scorer.ModelVersion), (model.GetProperty("name").GetString(), model.GetProperty("version").GetString()));
        Assert.Equal(demo.Result.Classes, model.GetProperty("labels").EnumerateArray().Select(l => l.GetString()));
        Assert.Equal(demo.Result.Test.Accuracy!.Value, model.GetProperty("test").GetProperty("accuracy").GetDouble(), 1e-9);
        Assert.Equal(demo.Result.Images.Test, model.GetProperty("testImages").GetInt32());
    }
}
