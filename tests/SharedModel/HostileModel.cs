using System.IO.Compression;
using InceptionMl.Models;
using InceptionMl.Models.Internal;

namespace InceptionMl.TestSupport;

/// <summary>A model that scores as another does, whose card holds texts made to break out of whatever they are written into.</summary>
internal static class HostileModel
{
    /// <summary>Six class names, as many as the demo set has.</summary>
    public static readonly string[] Classes =
    [
        "quote\" = 1 }; } } class Injected { //",
        "backslash \\",
        "new\nline\r\n#error \u2028 injected \u0085 line",
        "*/ </summary> <script> /*",
        "\"\"\" {0} $(Configuration) $Name$ {{x}}",
        "日本語 \U0001F600 \u202E",
    ];

    /// <summary>Copies a model of six classes to a path, with a hostile card.</summary>
    public static string Write(string model, string path) => Write(model, path, card => card with
    {
        Classes = Classes,
        Seed = long.MaxValue,
        Backbone = card.Backbone with { Name = "../\"; Injected(); //\n", Sha256 = new string('A', 64) },
        Head = card.Head with { Trainer = "Lbfgs }; Injected(); //", ClassWeights = Classes.ToDictionary(name => name, _ => 1.5) },
        Augmentation = new ModelAugmentation { Kind = "Light }; Injected(); //", CopiesPerImage = int.MinValue },
        Data = card.Data! with { ValidationFraction = 7, TestFraction = -1 },
        Settings = null,
    });

    /// <summary>Copies a model to a path, its card changed.</summary>
    public static string Write(string model, string path, Func<ModelCard, ModelCard> change)
    {
        File.Copy(model, path);
        using ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Update);
        ZipArchiveEntry entry = zip.GetEntry(ModelPackage.CardEntry)!;
        byte[] json = new byte[entry.Length];
        using Stream stream = entry.Open();
        stream.ReadExactly(json);
        ModelCard card = ModelCard.Parse(json);
        stream.SetLength(0);
        stream.Write(change(card).ToJson());
        return path;
    }
}
