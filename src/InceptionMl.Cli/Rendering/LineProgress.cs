namespace InceptionMl.Cli.Rendering;

/// <summary>Progress that is told in sentences, a line each.</summary>
internal sealed class LineProgress(TextWriter writer) : IProgress<string>
{
    public void Report(string value) => writer.WriteLine(value);
}
