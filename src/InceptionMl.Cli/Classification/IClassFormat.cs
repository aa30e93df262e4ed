using InceptionMl.Backbones.Classification;

namespace InceptionMl.Cli.Classification;

/// <summary>A way to write what images show, one image at a time.</summary>
internal interface IClassFormat : IDisposable
{
    public void Write(ClassifiedImage image);
}
