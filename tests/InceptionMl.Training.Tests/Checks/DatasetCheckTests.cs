using System.Text;
using InceptionMl.TestSupport;
using InceptionMl.Training.Checks;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Features;
using InceptionMl.Training.Tests.Datasets;
using SkiaSharp;

namespace InceptionMl.Training.Tests.Checks;

public sealed class DatasetCheckTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Root => folder.At("pictures");

    private Task<DatasetCheckResult> CheckAsync(DatasetSource? source = null, DatasetCheckOptions? options = null) =>
        DatasetCheck.RunAsync(source ?? Root, options, progress: null, TestContext.Current.CancellationToken);

    private string[] Below(DatasetFinding finding) => [.. finding.Paths.Select(path => path[(Root.Length + 1)..])];

    private sealed class HitCounter : IProgress<FeatureProgress>
    {
        public int Hits { get; private set; }

        public void Report(FeatureProgress value) => Hits = value.Hits;
    }

    private static (string, DiagnosticSeverity, int) Of(DatasetFinding finding) => (finding.Check, finding.Severity, finding.Count);

    public static TheoryData<string, DiagnosticSeverity, byte[]> Faults => new()
    {
        { "truncated", DiagnosticSeverity.Error, DrawnImages.Photo(99)[..4000] },
        { "unreadable", DiagnosticSeverity.Error, Encoding.UTF8.GetBytes("this is a text about images") },
        { "unreadable", DiagnosticSeverity.Error, [] },
        { "constant", DiagnosticSeverity.Warning, DrawnImages.Changed(99, _ => new SKColor(90, 120, 150)) },
        { "dark", DiagnosticSeverity.Warning, DrawnImages.Changed(99, color => new SKColor((byte)(color.Red / 5), (byte)(color.Green / 5), (byte)(color.Blue / 5))) },
        { "bright", DiagnosticSeverity.Warning, DrawnImages.Changed(99, color => new SKColor((byte)(248 + (color.Red / 40)), (byte)(248 + (color.Green / 40)), (byte)(248 + (color.Blue / 40)))) },
        { "blurred", DiagnosticSeverity.Warning, DrawnImages.Enlarged(99, 20) },
        { "small", DiagnosticSeverity.Warning, DrawnImages.Photo(99, 70, 60) },
        { "odd-shape", DiagnosticSeverity.Note, DrawnImages.Photo(99, 400, 100) },
        { "odd-size", DiagnosticSeverity.Note, DrawnImages.Photo(99, 900, 700) },
        { "gray-and-color", DiagnosticSeverity.Note, DrawnImages.Changed(99, color => new SKColor(color.Green, color.Green, color.Green)) },
        { "turned", DiagnosticSeverity.Note, DrawnImages.Turned(99, 3) },
    };

    [Fact]
    public async Task In_a_clean_folder_nothing_is_found()
    {
        folder.Clean();

        DatasetCheckResult result = await CheckAsync();

        Assert.Empty(result.Findings);
        Assert.Equal((24, 2, 0), (result.Images, result.Classes.Count, result.Superfluous));
    }

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public async Task One_faulty_image_is_named_by_what_is_wrong_with_it(string check, DiagnosticSeverity severity, byte[] file)
    {
        folder.Clean();
        bool isPng = file is [0x89, ..];
        folder.Write($"pictures/nut/fault.{(isPng ? "png" : "jpg")}", file);

        DatasetFinding[] found = [.. (await CheckAsync()).Findings.Where(finding => finding.Check is not ("small" or "odd-size") || check == finding.Check)];

        DatasetFinding finding = Assert.Single(found);
        Assert.Equal((check, severity, 1), Of(finding));
        Assert.Equal(("nut", $"nut/fault.{(isPng ? "png" : "jpg")}"), (finding.Label, Assert.Single(Below(finding))));
    }

    [Fact]
    public async Task What_more_than_a_tenth_of_the_images_have_is_told_once_with_a_few_examples()
    {
        for (int i = 0; i < 24; i++)
        {
            folder.Write(DrawnImages.Name(i), i < 20 ? DrawnImages.Enlarged(i, 24) : DrawnImages.Photo(i));
        }

        DatasetFinding finding = Assert.Single((await CheckAsync()).Findings);

        Assert.Equal(("upscaled", DiagnosticSeverity.Warning, 20), Of(finding));
        Assert.Equal(3, finding.Paths.Count);
        Assert.Contains("20 of 24 images (83 %) show no more than images of about", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_with_another_formats_extension_is_noted_and_read()
    {
        folder.Clean();
        folder.Write("pictures/nut/odd.png", DrawnImages.Photo(99));

        DatasetFinding finding = Assert.Single((await CheckAsync()).Findings);

        Assert.Equal(("wrong-extension", DiagnosticSeverity.Note, 1), Of(finding));
        Assert.Contains("odd.png' is a JPEG file, whatever its name says", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Copies_are_told_apart_by_where_they_stand()
    {
        foreach (int i in Enumerable.Range(0, 24))
        {
            folder.Write(DrawnImages.Name(i).Replace("pictures/", i < 12 ? "pictures/train/" : "pictures/test/", StringComparison.Ordinal), DrawnImages.Photo(i));
        }

        folder.Write("pictures/train/nut/00 copy.jpg", DrawnImages.Photo(0));
        folder.Write("pictures/test/nut/seen.jpg", DrawnImages.Photo(2));
        folder.Write("pictures/train/nut/4.jpg", DrawnImages.Photo(1));

        DatasetFinding[] found = [.. (await CheckAsync()).Findings.Where(finding => finding.Check.StartsWith("copies", StringComparison.Ordinal))];

        Assert.Equal(
            [("copies-under-two-labels", DiagnosticSeverity.Error, 2), ("copies-across-parts", DiagnosticSeverity.Warning, 2), ("copies", DiagnosticSeverity.Warning, 2)],
            found.Select(Of));
        Assert.Equal((null, "nut", "nut"), (found[0].Label, found[1].Label, found[2].Label));
        Assert.Equal(["train/nut/00.jpg", "train/nut/00 copy.jpg"], Below(found[2]));
    }

    [Fact]
    public async Task Near_copies_are_told_apart_by_where_they_stand_and_exact_ones_are_no_near_copies()
    {
        foreach (int i in Enumerable.Range(0, 60))
        {
            folder.Write($"pictures/{(i < 40 ? "train" : "test")}/{(i % 2 == 0 ? "nut" : "bolt")}/{i}.png", DrawnPictures.Draw(i));
        }

        folder.Write("pictures/train/nut/same.png", DrawnPictures.Draw(0));
        folder.Write("pictures/train/nut/mirror.jpg", DrawnPictures.Copy(2, "mirrored"));
        folder.Write("pictures/test/nut/bright.jpg", DrawnPictures.Copy(4, "brighter"));
        folder.Write("pictures/train/nut/crop.jpg", DrawnPictures.Copy(1, "cropped"));

        DatasetFinding[] found = [.. (await CheckAsync()).Findings.Where(finding => finding.Check.StartsWith("near-", StringComparison.Ordinal))];

        Assert.Equal(
            [("near-copies-under-two-labels", DiagnosticSeverity.Warning, 2), ("near-copies-across-parts", DiagnosticSeverity.Warning, 2), ("near-copies", DiagnosticSeverity.Note, 2)],
            found.Select(Of));
        Assert.Equal(["train/bolt/1.png", "train/nut/crop.jpg"], Below(found[0]));
        Assert.Equal(["test/nut/bright.jpg", "train/nut/4.png"], Below(found[1]));
        Assert.Equal(["train/nut/2.png", "train/nut/mirror.jpg"], Below(found[2]));
    }

    [Fact]
    public async Task A_dataset_of_bursts_is_told_once()
    {
        foreach (int i in Enumerable.Range(0, 12))
        {
            string label = i % 2 == 0 ? "nut" : "bolt";
            folder.Write($"pictures/{label}/{i}.png", DrawnPictures.Draw(i));
            folder.Write($"pictures/{label}/{i} again.jpg", DrawnPictures.Copy(i, "compressed"));
        }

        DatasetFinding finding = Assert.Single((await CheckAsync()).Findings, finding => finding.Check.StartsWith("near-", StringComparison.Ordinal));

        Assert.Equal(("near-copies", DiagnosticSeverity.Warning, 24), Of(finding));
        Assert.StartsWith("All 24 images look like others, in 12 groups.", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_seen_is_kept_in_the_cache_and_the_next_check_finds_the_same()
    {
        folder.Clean();
        folder.Write("pictures/nut/faint.png", DrawnImages.Changed(99, color => new SKColor(color.Green, color.Green, color.Green)));
        folder.Write("pictures/nut/soft.jpg", DrawnImages.Enlarged(98, 20));
        folder.Write("pictures/nut/turned.jpg", DrawnImages.Turned(97, 6));
        DatasetCheckOptions options = new() { CacheFolder = folder.At("cache") };
        HitCounter counter = new();

        DatasetCheckResult first = await CheckAsync(options: options);
        DatasetCheckResult second = await DatasetCheck.RunAsync(Root, options, counter, TestContext.Current.CancellationToken);

        Assert.Equal(27, counter.Hits);
        Assert.Equal(3, first.Findings.Count);
        Assert.Equal(first.Findings.Select(finding => (Of(finding), finding.Message, string.Join('|', finding.Paths))), second.Findings.Select(finding => (Of(finding), finding.Message, string.Join('|', finding.Paths))));
    }

    [Fact]
    public async Task Labels_that_differ_in_case_or_blanks_are_told_with_all_else()
    {
        folder.Clean();
        folder.Write("pictures/Nut/a.jpg", DrawnImages.Photo(50));
        folder.Write("pictures/Nut/b.jpg", DrawnImages.Photo(51));
        folder.Write("pictures/lock washer/a.jpg", DrawnImages.Photo(52));
        folder.Write("pictures/lock washer/b.jpg", DrawnImages.Photo(53));
        folder.Write("pictures/lock_washer/c.jpg", DrawnImages.Photo(54));
        folder.Write("pictures/lock_washer/d.jpg", DrawnImages.Photo(55));
        folder.Write("pictures/nut/broken.jpg", [0xFF, 0xD8, 0xFF, 0]);

        DatasetCheckResult result = await CheckAsync();

        Assert.Equal(
            [("label-spelling", DiagnosticSeverity.Error), ("unreadable", DiagnosticSeverity.Error), ("label-spelling", DiagnosticSeverity.Warning)],
            result.Findings.Where(finding => finding.Check != "few-images").Select(finding => (finding.Check, finding.Severity)));
    }

    [Fact]
    public void Training_is_told_of_labels_that_are_spelled_alike_and_of_a_class_that_holds_most_images()
    {
        folder.Images([.. Enumerable.Range(0, 30).Select(i => $"pictures/{(i < 2 ? "lock_washer" : i < 4 ? "lock washer" : "nut")}/{i}.jpg")]);

        IEnumerable<Diagnostic> told = ClassChecks.FindUntold(TestDatasets.Open(Root));

        Assert.Equal([DiagnosticIds.LabelSpelling, DiagnosticIds.DominantClass], told.Select(one => one.Id));
    }

    [Fact]
    public async Task Numbers_with_signs_and_letters_that_end_alike_are_no_twins()
    {
        foreach (string label in (string[])["1", "-1", "10", "a-b", "ab"])
        {
            folder.Write($"pictures/{label}/1.jpg", DrawnImages.Photo(label.GetHashCode(StringComparison.Ordinal)));
        }

        Assert.DoesNotContain((await CheckAsync()).Findings, finding => finding.Check == "label-spelling");
    }

    [Fact]
    public async Task Folders_of_one_label_in_composed_and_decomposed_letters_are_told()
    {
        folder.Clean();
        for (int i = 0; i < 6; i++)
        {
            folder.Write($"pictures/caf\u00e9/{i}.jpg", DrawnImages.Photo(100 + i));
            folder.Write($"pictures/cafe\u0301/x{i}.jpg", DrawnImages.Photo(200 + i));
        }

        Assert.SkipUnless(Directory.GetDirectories(Root).Length == 4, "the volume does not tell the names apart");
        DatasetFinding finding = Assert.Single((await CheckAsync()).Findings);

        Assert.Equal(("label-spelling", DiagnosticSeverity.Warning, 2), Of(finding));
        Assert.Equal("caf\u00e9", finding.Label);
    }

    [Fact]
    public async Task A_class_of_few_images_and_one_that_holds_nearly_all_are_told()
    {
        for (int i = 0; i < 24; i++)
        {
            folder.Write($"pictures/{(i < 4 ? "nut" : "bolt")}/{i}.jpg", DrawnImages.Photo(i));
        }

        IReadOnlyList<DatasetFinding> found = (await CheckAsync()).Findings;

        Assert.Equal([("dominant-class", "bolt", 20), ("few-images", "nut", 4)], found.Select(finding => (finding.Check, finding.Label, finding.Count)));
    }

    [Fact]
    public async Task Folders_that_training_refuses_are_findings_and_their_images_are_looked_at()
    {
        for (int i = 0; i < 12; i++)
        {
            folder.Write($"pictures/{i}.jpg", i == 0 ? DrawnImages.Photo(0)[..3000] : DrawnImages.Photo(i));
        }

        IReadOnlyList<DatasetFinding> found = (await CheckAsync()).Findings;

        Assert.Equal(["few-images", "truncated"], found.Select(finding => finding.Check));
        Assert.Contains("holds images but no label folders", found[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_beside_parts_and_folders_below_labels_are_told()
    {
        foreach (int i in Enumerable.Range(0, 24))
        {
            folder.Write(DrawnImages.Name(i).Replace("pictures/", "pictures/train/", StringComparison.Ordinal), DrawnImages.Photo(i));
        }

        folder.Write("pictures/rest/nut/1.jpg", DrawnImages.Photo(90));
        folder.Write("pictures/train/nut/old/1.jpg", DrawnImages.Photo(91));

        Assert.Equal(["folder-beside-parts", "nested-folders"], (await CheckAsync()).Findings.Select(finding => finding.Check).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_wrong_row_of_a_manifest_is_told_and_the_others_are_looked_at()
    {
        folder.Clean();
        string rows = string.Concat(Enumerable.Range(0, 24).Select(i => $"{DrawnImages.Name(i)},{(i % 2 == 0 ? "nut" : "bolt")}\n"));
        folder.Write("list.csv", Encoding.UTF8.GetBytes($"path,label\n{rows}{DrawnImages.Name(0)},bolt\npictures/gone.jpg,nut\n,nut\n"));

        IReadOnlyList<DatasetFinding> found = (await CheckAsync(folder.At("list.csv"))).Findings;

        Assert.Equal(["layout", "layout", "unreadable"], found.Select(finding => finding.Check));
        Assert.All(found, finding => Assert.Equal(DiagnosticSeverity.Error, finding.Severity));
    }

    [Fact]
    public async Task What_is_not_there_is_refused() =>
        Assert.Equal(DatasetErrorReason.NotFound, (await Assert.ThrowsAsync<DatasetException>(() => CheckAsync(folder.At("none")))).Reason);

    [Fact]
    public async Task The_findings_do_not_depend_on_the_number_of_threads()
    {
        folder.Clean();
        folder.Write("pictures/nut/a.jpg", DrawnImages.Photo(0));
        folder.Write("pictures/nut/b.jpg", DrawnImages.Photo(60)[..3000]);
        folder.Write("pictures/bolt/c.jpg", DrawnImages.Enlarged(61, 16));

        string alone = Text(await CheckAsync(options: new DatasetCheckOptions { Workers = 1 }));
        string together = Text(await CheckAsync(options: new DatasetCheckOptions { Workers = 7 }));

        Assert.Equal(alone, together);
        Assert.NotEmpty(alone);

        static string Text(DatasetCheckResult result) => string.Join('\n', result.Findings.Select(finding => $"{finding} {string.Join('|', finding.Paths)}"));
    }
}
