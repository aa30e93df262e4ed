using System.Text.Json;
using InceptionMl.Cli.Rendering;
using InceptionMl.Models.Registry;

namespace InceptionMl.Cli.Registry;

/// <summary>A version for programs.</summary>
internal static class VersionJson
{
    public static void Write(Utf8JsonWriter json, ModelVersion version)
    {
        json.WriteString("version", version.Version);
        json.WriteBoolean("current", version.IsCurrent);
        json.WriteString("model", version.ModelPath);
        json.WriteString("created", version.Created?.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
        json.Number("images", VersionFigures.Images(version));
        json.Strings("classes", version.Classes);
        json.Object("test", test =>
        {
            foreach ((string key, _, _) in VersionFigures.Test)
            {
                test.Number(key, version.TestFigure(key));
            }
        });
        json.WriteNumber("bytes", version.Bytes);
        json.WriteString("problem", version.Problem);
    }
}
