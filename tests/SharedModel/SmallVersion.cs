using System.IO.Compression;
using InceptionMl.Backbones;
using InceptionMl.Images;
using InceptionMl.Models;
using InceptionMl.Models.Internal;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Datasets.Internal;
using InceptionMl.Training.Versions;
using InceptionMl.Training.Versions.Internal;

namespace InceptionMl.TestSupport;

/// <summary>Versions of a few kilobytes, complete as a registry sees it, for tests that do not score.</summary>
internal static class SmallVersion
{
    private static readonly BackboneCard EmbeddedBackbone = Backbone.Embedded().Card;
    private static readonly VersionImage[] OneImage = [Image(1, "bolt")];

    public static VersionImage Image(byte content, string label, SplitPart part = SplitPart.Train, string? path = null) =>
        new(ContentHash.Compute([content]), label, part, path ?? FormattableString.Invariant($"{label}/{content}.jpg"));

    public static ModelCard Card(double accuracy) => new()
    {
        Kind = ModelCard.ImageClassifier,
        FormatVersion = ModelCard.CurrentFormatVersion,
        Created = new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero),
        Classes = ["bolt", "nut"],
        Temperature = 1,
        Preprocessing = new ModelPreprocessing { Version = ImagePreprocessing.Version, Width = 160, Height = 160, Mode = ResizeMode.Crop },
        Network = new ModelNetwork { Entry = "network", Sha256 = new string('0', 64) },
        Backbone = EmbeddedBackbone,
        Head = new ModelHead { Entry = ModelPackage.HeadEntry, Trainer = "lbfgs", L2 = 0.001 },
        Data = new ModelData
        {
            Fingerprint = new string('0', 64),
            ValidationFraction = 0.1,
            TestFraction = 0.1,
            Images = new Dictionary<string, int> { ["train"] = 8, ["validation"] = 1, ["test"] = 1, ["unreadable"] = 5 },
            Classes = new Dictionary<string, int> { ["bolt"] = 5, ["nut"] = 5 },
        },
        Metrics = new ModelMetrics
        {
            Validation = new ModelFigures(),
            Test = new ModelFigures { Accuracy = accuracy, MacroF1 = 0.5, LogLoss = 0.25 },
        },
    };

    /// <summary>Writes every file of a version into a folder.</summary>
    public static async Task WriteAsync(string folder, double accuracy = 0.9, IEnumerable<VersionImage>? images = null)
    {
        byte[] card = Card(accuracy).ToJson();
        await using (ZipArchive zip = await ZipFile.OpenAsync(Path.Combine(folder, "model.zip"), ZipArchiveMode.Create))
        {
            foreach ((string name, byte[] content) in (ReadOnlySpan<(string, byte[])>)[(ModelPackage.CardEntry, card), (ModelPackage.HeadEntry, []), ("network", [])])
            {
                using Stream entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        await File.WriteAllBytesAsync(Path.Combine(folder, "card.json"), card);
        await File.WriteAllTextAsync(Path.Combine(folder, "pipeline.json"), "{}");
        await File.WriteAllTextAsync(Path.Combine(folder, "report.html"), "<!doctype html>");
        await VersionImages.WriteAsync(folder, images ?? OneImage);
    }
}
