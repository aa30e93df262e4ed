using System.Text;

namespace InceptionMl.Training.Scaffolding;

/// <summary>A file to be written.</summary>
/// <param name="Path">Its path under the folder, with <c>/</c>.</param>
/// <param name="Write">Writes its content.</param>
internal sealed record ScaffoldFile(string Path, Action<Stream> Write)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static ScaffoldFile FromText(string path, string text) => new(path, stream => stream.Write(Utf8.GetBytes(text)));
}
