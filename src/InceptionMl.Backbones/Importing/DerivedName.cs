namespace InceptionMl.Backbones.Importing;

/// <summary>A name for a backbone, made of its file's.</summary>
internal static class DerivedName
{
    private const int Longest = 60;
    private const string Fallback = "imported";

    // The longer first: model.weights.h5 is 'model'.
    private static readonly string[] Extensions = [".weights.h5", ".safetensors", ".frozen.pb", ".keras", ".hdf5", ".onnx", ".meta", ".pth", ".h5", ".pb", ".pt"];

    public static string From(string path)
    {
        string file = Path.GetFileName(path);
        string? extension = Extensions.FirstOrDefault(e => file.EndsWith(e, StringComparison.OrdinalIgnoreCase));
        string stem = extension is null ? file : file[..^extension.Length];
        char[] name = [.. stem.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' ? c : '-').Take(Longest)];
        string trimmed = new string(name).TrimStart('.', '_', '-').TrimEnd('.', '_', '-');
        return trimmed.Length > 0 ? trimmed : Fallback;
    }
}
