using System.Globalization;
using System.Security;
using InceptionMl.Internal;
using InceptionMl.Models;
using InceptionMl.Models.Internal;

namespace InceptionMl.Training.Scaffolding.Internal;

/// <summary>
/// Writes what a .NET developer starts from with a model, as Model Builder does: a class that uses it, one that trains it again, one
/// that measures it, a console project and a web API project, the model beside them.
/// </summary>
/// <param name="options">The name, and the rest.</param>
public sealed class ModelScaffold(ScaffoldOptions options)
{
    private const string CSharpWarnsOfLowerCase = "    <NoWarn>$(NoWarn);CS8981</NoWarn>\n";

    /// <summary>Writes the files into a folder, all or none of them.</summary>
    /// <param name="modelPath">The model zip; it is copied.</param>
    /// <param name="folder">A folder that is empty or does not exist, unless the options let files be replaced.</param>
    /// <param name="cancellationToken">Asked before each file is written.</param>
    /// <returns>The files' paths under <paramref name="folder"/>, with <c>/</c>, in ordinal order.</returns>
    /// <exception cref="ScaffoldException">The name or the folder cannot be used; the message says what to do.</exception>
    /// <exception cref="ModelFormatException">The model cannot be used; the message names the file.</exception>
    /// <exception cref="IOException">The model cannot be read, or the folder not written.</exception>
    public IReadOnlyList<string> Write(string modelPath, string folder, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(modelPath);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (ScaffoldName.Problem(options.Name) is { } problem)
        {
            throw new ScaffoldException(problem);
        }

        if (Directory.Exists(modelPath))
        {
            throw Subject.FromFile(modelPath).Refuse("is a folder: name the model's zip file");
        }

        ScaffoldFolder target = ScaffoldFolder.Open(folder, options.ReplaceFiles);
        using FileStream model = new(modelPath, FileMode.Open, FileAccess.Read, FileShare.Read);
        ModelCard card = ModelPackage.Read(model, Subject.FromFile(modelPath)).Card;
        List<ScaffoldFile> files = [.. Files(card), new ScaffoldFile($"{options.Name}.zip", stream => Copy(model, stream))];
        files.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        target.Write(files, cancellationToken);
        return [.. files.Select(file => file.Path)];
    }

    private static void Copy(FileStream model, Stream target)
    {
        model.Position = 0;
        model.CopyTo(target);
    }

    private IEnumerable<ScaffoldFile> Files(ModelCard card)
    {
        Dictionary<string, string> values = new(SettingsText.FromCard(card))
        {
            ["Name"] = options.Name,
            ["Classes"] = card.Classes.Count.ToString(CultureInfo.InvariantCulture),
            ["PackageVersion"] = SecurityElement.Escape(options.PackageVersion),
            ["LowerCaseName"] = options.Name.All(char.IsAsciiLetterLower) ? CSharpWarnsOfLowerCase : "",
        };
        return from file in ((string Path, string Template)[])
            [
                ($"{options.Name}.consumption.cs", ScaffoldTemplate.Consumption),
                ($"{options.Name}.training.cs", ScaffoldTemplate.Training),
                ($"{options.Name}.evaluate.cs", ScaffoldTemplate.Evaluation),
                ("console/console.csproj", "console.csproj"),
                ("console/Program.cs", "console.Program.cs"),
                ("webapi/webapi.csproj", "webapi.csproj"),
                ("webapi/Program.cs", "webapi.Program.cs"),
                ("Directory.Build.props", "Directory.Build.props"),
                ("README.md", "README.md"),
            ]
               select ScaffoldFile.FromText(file.Path, ScaffoldTemplate.Fill(file.Template, values));
    }
}
