using System.IO.Compression;
using InceptionMl.Models.Internal;

namespace InceptionMl.Tests.Scoring;

/// <summary>A model that is whole by every checksum, whose head overflows: its probabilities are not numbers.</summary>
internal static class OverflowingModel
{
    /// <summary>Copies a model to a path, its head's weights as large as they can be.</summary>
    public static string Write(string model, string path)
    {
        LinearHead head = ModelPackage.Read(model).Head;
        float[] weights = [.. Enumerable.Repeat(float.MaxValue, head.Weights.Length)];
        File.Copy(model, path);
        using ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Update);
        zip.GetEntry(ModelPackage.HeadEntry)!.Delete();
        using Stream entry = zip.CreateEntry(ModelPackage.HeadEntry).Open();
        entry.Write(Safetensors.Write(
            (ModelPackage.WeightsTensor, [head.Classes, head.Width], weights), (ModelPackage.BiasTensor, [head.Classes], head.Bias)));
        return path;
    }
}
