namespace InceptionMl.Training.Versions;

public sealed partial class RegistryWriter
{
    /// <summary>How a registry is opened for changes.</summary>
    public sealed class Options
    {
        /// <summary>Gets or sets who changes the registry, as others are told while they wait, such as <c>retrain pipelines/defects.json (process 4711)</c>.</summary>
        /// <value>The default is <c>another process</c>.</value>
        public string Holder { get; set; } = "another process";

        /// <summary>Gets or sets the longest wait for somebody else who changes the registry; <see cref="TimeSpan.MaxValue"/> waits until they end.</summary>
        /// <value>The default is 10 seconds.</value>
        public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(10);

        /// <summary>Gets or sets an optional progress sink that is told once, in a sentence, if another process holds the registry.</summary>
        /// <value>The default is null: nobody is told.</value>
        public IProgress<string>? Waiting { get; set; }

        /// <summary>Gets or sets the clock.</summary>
        /// <value>The default is the system's.</value>
        public TimeProvider Time { get; set; } = TimeProvider.System;

        internal IRegistryDisk Disk { get; set; } = new RegistryDisk();
    }
}
