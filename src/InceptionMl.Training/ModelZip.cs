using System.IO.Compression;
using InceptionMl.Backbones;
using InceptionMl.Drift.Internal;
using InceptionMl.Images;
using InceptionMl.Internal;
using InceptionMl.Models;
using InceptionMl.Models.Internal;
using InceptionMl.Networks.Onnx.Editing.Internal;
using InceptionMl.Scoring;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Onnx;

namespace InceptionMl.Training;

/// <summary>
/// Writes a model zip: a chain of stock ML.NET parts that any ML.NET program loads, and beside it the entries that
/// <see cref="ImageScorer"/> reads. The file appears whole or not at all.
/// </summary>
internal static class ModelZip
{
    private const string NetworkSuffix = "/OnnxModel";

    // Zip entries carry a time; a fixed one keeps the same model the same bytes.
    private static readonly DateTimeOffset EntryTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Saves a model.</summary>
    /// <param name="path">The zip to write. Intermediate files of twice its size lie beside it meanwhile.</param>
    /// <param name="backbone">The backbone its features come from.</param>
    /// <param name="head">The head over them.</param>
    /// <param name="labels">The name of each of the head's classes.</param>
    /// <param name="trained">The images it was fitted on.</param>
    /// <param name="result">The bank, the scores and what the images were like, where the zip is to hold them.</param>
    /// <param name="describe">Makes the model card, told which zip entry holds the network.</param>
    /// <returns>The model card.</returns>
    public static ModelCard Write(string path, Backbone backbone, LinearHead head, IReadOnlyList<string> labels, TrainedContents trained, TrainResult result, Func<string, ModelCard> describe)
    {
        using ScratchFolder scratch = ScratchFolder.CreateBeside(path);
        string stock = scratch.At("stock.zip");
        try
        {
            SaveStockChain(stock, scratch.At("backbone.onnx"), backbone, head, labels);
        }
        catch (Exception exception) when (WriteFailure.IsOf(exception, scratch.FullPath))
        {
            throw WriteFailure.CreateException(path, exception);
        }

        using ZipArchive from = ZipFile.OpenRead(stock);
        string network = from.Entries.Single(e => e.FullName.EndsWith(NetworkSuffix, StringComparison.Ordinal)).FullName;
        ModelCard card = describe(network);
        AtomicFile.Write(path, stream => Assemble(from, stream, head, network, card, trained, result));
        return card;
    }

    private static void SaveStockChain(string zip, string onnx, Backbone backbone, LinearHead head, IReadOnlyList<string> labels)
    {
        using (FileStream file = File.Create(onnx))
        {
            file.Write(backbone.Network.Span);
        }

        MLContext ml = new(seed: 0) { TempFilePath = Path.GetDirectoryName(onnx)! };
        ImagePreprocessing size = backbone.Preprocessing;
        IDataLoader<IMultiStreamSource> loader = MlNetLoader.Create(ml, size);
        IDataView empty = loader.Load(MlNetLoader.NoFile());
        using TransformerChain<OnnxTransformer> features = StockFeatures
            .Chain(ml.Transforms, MlNetLoader.Image, "Prepared", BackboneEditor.ImageTensor, BackboneEditor.FeaturesTensor, onnx, size)
            .Fit(empty);
        ITransformer stockHead = StockHead.Create(ml, head, labels, features.GetOutputSchema(empty.Schema), BackboneEditor.FeaturesTensor);
        ml.Model.Save(new TransformerChain<ITransformer>(features, stockHead), loader, zip);
    }

    private static void Assemble(ZipArchive from, Stream destination, LinearHead head, string network, ModelCard card, TrainedContents trained, TrainResult result)
    {
        using ZipArchive to = new(destination, ZipArchiveMode.Create, leaveOpen: true);
        Add(to, ModelPackage.CardEntry, CompressionLevel.Optimal, new MemoryStream(card.ToJson()));
        Add(to, ModelPackage.HeadEntry, CompressionLevel.NoCompression, new MemoryStream(Safetensors.Write(
            (ModelPackage.WeightsTensor, [head.Classes, head.Width], head.Weights), (ModelPackage.BiasTensor, [head.Classes], head.Bias))));
        if (trained.Count <= TrainedContents.MostInZip)
        {
            Add(to, ModelPackage.TrainedEntry, CompressionLevel.NoCompression, new MemoryStream(trained.ToBytes()));
        }

        if (result.Bank is { } bank)
        {
            Add(to, FeatureBank.Entry, CompressionLevel.NoCompression, new MemoryStream(bank.ToBytes()));
        }

        if (result.Scores is { } scores)
        {
            Add(to, ConformalScores.Entry, CompressionLevel.NoCompression, new MemoryStream(scores.ToBytes()));
        }

        if (result.Drift?.ToBytes() is { Length: <= DriftReference.MostBytes } drift)
        {
            Add(to, DriftReference.Entry, CompressionLevel.Optimal, new MemoryStream(drift));
        }

        foreach (ZipArchiveEntry entry in from.Entries)
        {
            // Weights hardly shrink; stored plainly they open faster.
            bool weights = entry.FullName == network;
            Add(to, entry.FullName, weights ? CompressionLevel.NoCompression : CompressionLevel.Optimal, entry.Open());
        }
    }

    private static void Add(ZipArchive zip, string name, CompressionLevel level, Stream content)
    {
        using (content)
        {
            ZipArchiveEntry entry = zip.CreateEntry(name, level);
            entry.LastWriteTime = EntryTime;
            using Stream stream = entry.Open();
            content.CopyTo(stream);
        }
    }
}
