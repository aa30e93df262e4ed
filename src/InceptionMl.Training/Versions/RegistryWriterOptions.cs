namespace InceptionMl.Training.Versions;

/// <summary>How a registry is opened for changes.</summary>
public sealed record RegistryWriterOptions
{
    /// <summary>Gets who changes the registry, as others are told while they wait, such as <c>retrain pipelines/defects.json (process 4711)</c>.</summary>
    /// <value>The default is <c>another process</c>.</value>
    public string Holder { get; init; } = "another process";

    /// <summary>Gets the longest wait for somebody else who changes the registry; <see cref="TimeSpan.MaxValue"/> waits until they end.</summary>
    /// <value>The default is 10 seconds.</value>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets an optional progress sink that is told once, in a sentence, if another process holds the registry.</summary>
    /// <value>The default is null: nobody is told.</value>
    public IProgress<string>? Waiting { get; init; }

    /// <summary>Gets the clock.</summary>
    /// <value>The default is the system's.</value>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    internal IRegistryDisk Disk { get; init; } = new RegistryDisk();
}
