using System.Text;
using InceptionMl.TestSupport;

namespace InceptionMl.Cli.Tests.Scores;

/// <summary>A table of ten images, of which the ninth is missing, with a column of IDs.</summary>
internal static class ImageTable
{
    public static string Write(TemporaryFolder folder) => folder.Write("list.csv", Encoding.UTF8.GetBytes(string.Join(
        '\n',
        ["number,path", .. TrainedDemo.TestImages[..8].Select((image, i) => $"\"n\"\"{i}\",\"{image}\""), "8,missing.jpg", $"9,{TrainedDemo.TestImages[9]}", ""])));
}
