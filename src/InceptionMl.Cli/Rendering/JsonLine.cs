using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace InceptionMl.Cli.Rendering;

/// <summary>The result of a command as one line of JSON.</summary>
internal static class JsonLine
{
    // Results go to programs, never into a web page: letters stay letters.
    private static readonly OutputJson Json = new(new JsonSerializerOptions(OutputJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Writes a record that <see cref="OutputJson"/> lists.</summary>
    public static string Write<T>(T output) => JsonSerializer.Serialize(output, (JsonTypeInfo<T>)Json.GetTypeInfo(typeof(T))!);
}
