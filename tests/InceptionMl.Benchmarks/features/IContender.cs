namespace InceptionMl.Benchmarks.Features;

/// <summary>One way from the same images to features, warmed up and timed in turns with the others.</summary>
internal interface IContender : IDisposable
{
    public string Name { get; }

    /// <summary>Takes every image once.</summary>
    public void RunOnce();
}
