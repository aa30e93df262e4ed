using System.IO.Compression;
using System.Text.RegularExpressions;
using InceptionMl.Models.Registry;
using InceptionMl.TestSupport;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Datasets.Internal;
using InceptionMl.Training.Evaluation.Comparison;
using InceptionMl.Training.Retraining;

namespace InceptionMl.Training.Tests.Retraining;

/// <summary>Retraining over a registry that lost files, or whose files are not what they were.</summary>
public sealed class DamagedRegistryTests : IDisposable
{
    private readonly RetrainScene scene = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => scene.Dispose();

    [Fact]
    public async Task A_damaged_version_that_is_not_the_champion_is_passed_over_and_named()
    {
        await scene.SpoilAsync(cancellationToken: Stop);
        await scene.RetrainAsync(cancellationToken: Stop);
        string folder = scene.Registry.Show("0002").Folder;
        await File.WriteAllTextAsync(Path.Combine(folder, "data.csv"), "nonsense", Stop);

        RetrainResult result = await scene.RetrainAsync(cancellationToken: Stop);

        Assert.Equal(("0003", "0001"), (result.Version, result.ChampionVersion));
        Assert.Contains(result.Training.Diagnostics, warning => warning.Message.EndsWith($"remove the folder {folder}.", StringComparison.Ordinal));
        Assert.True(result.Changes!.Relabeled > 0);
    }

    [Fact]
    public async Task Where_current_is_lost_the_record_of_promotions_names_the_champion()
    {
        await scene.SpoilAsync(cancellationToken: Stop);
        File.Delete(scene.Folder.At("registry", "current"));

        RetrainResult result = await scene.RetrainAsync(cancellationToken: Stop);

        Assert.Equal((false, "0001"), (result.Promoted, result.ChampionVersion));
        Assert.Equal("0001", scene.Registry.CurrentName);
        Assert.Contains(result.Training.Diagnostics, warning => warning.Message.Contains("has lost its file 'current'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Beside_versions_none_of_which_was_promoted_the_reason_says_so()
    {
        scene.AddClasses(2, 16);
        await scene.RetrainAsync(cancellationToken: Stop);
        File.Delete(scene.Folder.At("registry", "current"));
        File.Delete(scene.Folder.At("registry", "promotions.jsonl"));

        RetrainResult result = await scene.RetrainAsync(cancellationToken: Stop);

        Assert.Equal((true, "no version was promoted before"), (result.Promoted, Assert.Single(result.Reasons).Message));
    }

    [Fact]
    public async Task A_damaged_champion_is_told_in_a_sentence_before_any_work()
    {
        scene.AddClasses(2, 12);
        await scene.RetrainAsync(cancellationToken: Stop);
        string model = scene.Registry.Current!.ModelPath;
        byte[] bytes = await File.ReadAllBytesAsync(model, Stop);
        await File.WriteAllBytesAsync(model, bytes.AsMemory(0, bytes.Length / 2), Stop);

        RegistryException damaged = await Assert.ThrowsAsync<RegistryException>(() => scene.RetrainAsync(cancellationToken: Stop));

        Assert.Contains("No other version is whole, so remove ", damaged.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', damaged.Message);
        Assert.Equal("0001", Assert.Single(scene.Registry.Versions).Version);

        // What the sentence says helps.
        File.Delete(scene.Folder.At("registry", "current"));
        Directory.Delete(scene.Registry.Versions[0].Folder, recursive: true);
        Assert.Equal(("0002", true), ((await scene.RetrainAsync(cancellationToken: Stop)).Version, scene.Registry.CurrentName == "0002"));
    }

    [Fact]
    public async Task A_damaged_champion_beside_a_whole_version_names_that_one()
    {
        scene.AddClasses(2, 12);
        await scene.RetrainAsync(cancellationToken: Stop);
        await scene.RetrainAsync(cancellationToken: Stop);
        await File.WriteAllTextAsync(scene.Registry.Current!.ModelPath, "nonsense", Stop);

        RegistryException damaged = await Assert.ThrowsAsync<RegistryException>(() => scene.RetrainAsync(cancellationToken: Stop));

        Assert.EndsWith("Promote another version, such as 0001.", damaged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_champion_whose_card_is_not_its_networks_is_told_in_a_sentence_before_any_work()
    {
        scene.AddClasses(2, 12);
        await scene.RetrainAsync(cancellationToken: Stop);
        string model = scene.Registry.Current!.ModelPath;
        using (ZipArchive zip = await ZipFile.OpenAsync(model, ZipArchiveMode.Update, Stop))
        {
            ZipArchiveEntry entry = zip.Entries.Single(of => of.FullName.EndsWith("card.json", StringComparison.Ordinal));
            string name = entry.FullName;
            string card;
            using (StreamReader reader = new(await entry.OpenAsync(Stop)))
            {
                card = await reader.ReadToEndAsync(Stop);
            }

            entry.Delete();
            await using StreamWriter writer = new(await zip.CreateEntry(name).OpenAsync(Stop));
            await writer.WriteAsync(Regex.Replace(card, "(\"preprocessing\": *\\{[^}]*\"width\": *)[0-9]+", "${1}9"));
        }

        RegistryException told = await Assert.ThrowsAsync<RegistryException>(() => scene.RetrainAsync(cancellationToken: Stop));

        Assert.Contains("holds a model card whose preprocessing is not the network's", told.Message, StringComparison.Ordinal);
        Assert.Single(scene.Registry.Versions);
    }

    [Fact]
    public async Task A_registry_inside_the_images_given_for_the_files_is_refused_before_any_work()
    {
        scene.AddClasses(2, 12);
        TrainingSettings pipeline = PipelineFile.Read(scene.PipelinePath, scene.Folder.Path);

        PipelineException told = await Assert.ThrowsAsync<PipelineException>(() => new Retrainer(pipeline).RetrainAsync(cancellationToken: Stop));

        Assert.Contains("is inside the images", told.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(scene.Registry.Folder));
    }
}
