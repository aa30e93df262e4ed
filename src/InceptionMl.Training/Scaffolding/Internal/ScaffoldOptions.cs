using System.Reflection;

namespace InceptionMl.Training.Scaffolding.Internal;

/// <summary>Settings of a <see cref="ModelScaffold"/>.</summary>
public sealed class ScaffoldOptions
{
    /// <summary>The name of the generated class and the beginning of the generated files' names; see <see cref="ScaffoldName.Problem"/>.</summary>
    public required string Name { get; init; }

    /// <summary>Writes into a folder that holds something already: files of the same names are replaced, all others stay.</summary>
    /// <value>The default is false.</value>
    public bool ReplaceFiles { get; init; }

    /// <summary>The version of the packages that the projects reference.</summary>
    /// <value>The default is this library's own.</value>
    public string PackageVersion { get; init; } =
        typeof(ScaffoldOptions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
