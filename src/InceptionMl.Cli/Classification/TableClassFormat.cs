using System.Globalization;
using InceptionMl.Backbones.Classification;

namespace InceptionMl.Cli.Classification;

/// <summary>For people: the path, and below it a line for each of the most probable classes.</summary>
internal sealed class TableClassFormat(TextWriter writer) : IClassFormat
{
    public void Write(ClassifiedImage image)
    {
        writer.WriteLine(image.Succeeded ? image.Name : $"{image.Name}  error: {image.Error}");
        foreach (ClassScore score in image.Top ?? [])
        {
            string id = score.WordNetId is null ? "" : $"  {score.WordNetId}";
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {score.Probability,8:P1}  {score.Label}{id}"));
        }
    }

    public void Dispose()
    {
    }
}
