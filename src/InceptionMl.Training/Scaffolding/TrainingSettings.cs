using System.Globalization;
using System.Text;
using InceptionMl.Backbones;
using InceptionMl.Images;
using InceptionMl.Models;
using InceptionMl.Training.Augmentation;
using InceptionMl.Training.Heads;

namespace InceptionMl.Training.Scaffolding;

/// <summary>
/// The settings that a model's card records, as the C# text of the training template. A card may have been written by anybody: what
/// training would not take becomes its default.
/// </summary>
internal static class TrainingSettings
{
    private const int LongestColumn = 200;
    private const string FileOfNoName = "backbone.onnx";
    private const string FileCharacters = "._- ";

    public static IEnumerable<KeyValuePair<string, string>> FromCard(ModelCard card)
    {
        TrainOptions defaults = new();
        (double validation, double test) = card.Data is { ValidationFraction: >= 0 and < 1, TestFraction: >= 0 and < 1 } data
            && data.ValidationFraction + data.TestFraction < 1
            ? (data.ValidationFraction, data.TestFraction)
            : (defaults.ValidationFraction, defaults.TestFraction);
        long seed = card.Seed is >= int.MinValue and <= int.MaxValue ? card.Seed : defaults.Seed;
        ResizeMode resize = Enum.IsDefined(card.Preprocessing.Mode) ? card.Preprocessing.Mode : ResizeMode.Crop;
        return
        [
            new("Backbone", CSharpText.Literal(IsEmbedded(card) ? Backbone.EmbeddedName : BackboneFile(card))),
            new("BackboneComment", BackboneComment(card)),
            new("Resize", resize.ToString()),
            new("ValidationFraction", CSharpText.Literal(validation)),
            new("TestFraction", CSharpText.Literal(test)),
            new("Head", Head(card).ToString()),
            new("BalanceClasses", CSharpText.Literal(card.Head.Balance == "weights")),
            new("ClassWeights", ClassWeights(card)),
            new("Augmentation", Augmentation(card.Augmentation)),
            new("Source", Source(card.Data)),
            new("Seed", seed.ToString(CultureInfo.InvariantCulture)),
        ];
    }

    private static bool IsEmbedded(ModelCard card) => card.Backbone.Name == Backbone.EmbeddedName;

    // A name that is no plain file name on every system would lead out of the folder, or nowhere.
    private static string BackboneFile(ModelCard card)
    {
        string name = card.Backbone.Name;
        return name.Length is > 0 and <= 100 && name[0] is not ('.' or ' ') && name.All(c => char.IsLetterOrDigit(c) || FileCharacters.Contains(c, StringComparison.Ordinal))
            ? name + ".onnx"
            : FileOfNoName;
    }

    private static string BackboneComment(ModelCard card)
    {
        if (IsEmbedded(card))
        {
            return "    /// <summary>The backbone that makes features of images; this one comes with the library.</summary>";
        }

        string digest = card.Backbone.Sha256 is { Length: 64 } sha256 && sha256.All(char.IsAsciiHexDigit)
            ? $"\n    /// The file the model was trained with has the SHA-256 {sha256.ToLowerInvariant()}."
            : "";
        return $"""
                /// <summary>
                /// The backbone that makes features of images. It does not come with the library: put this ONNX file, and its card (the same name
                /// with .json), into the folder the program is started in, or write here where they are.{digest}
                /// </summary>
            """;
    }

    private static HeadKind Head(ModelCard card) => card.Head.Trainer switch
    {
        "lbfgs" => HeadKind.Lbfgs,
        "sdca" => HeadKind.Sdca,
        _ => HeadKind.Auto,
    };

    private static string ClassWeights(ModelCard card)
    {
        KeyValuePair<string, double>[] weights = card.Head.ClassWeights is { } given
            ? [.. card.Classes.Where(given.ContainsKey).Select(name => KeyValuePair.Create(name, given[name])).Where(weight => double.IsFinite(weight.Value))]
            : [];
        if (weights.Length == 0)
        {
            return "";
        }

        StringBuilder text = new("        ClassWeights = new Dictionary<string, double>\n        {\n");
        foreach ((string name, double weight) in weights)
        {
            text.Append("            [").Append(CSharpText.Literal(name)).Append("] = ").Append(CSharpText.Literal(weight)).Append(",\n");
        }

        return text.Append("        },\n").ToString();
    }

    // How a folder or a manifest was read, where that was not by the defaults.
    private static string Source(ModelData? data)
    {
        (string Name, string? Column)[] all = [("Path", data?.PathColumn), ("Label", data?.LabelColumn), ("Part", data?.PartColumn)];
        string columns = string.Join(", ", all
            .Where(column => column.Column is { Length: > 0 and <= LongestColumn }).Select(column => $"{column.Name} = {CSharpText.Literal(column.Column!)}"));
        string[] members =
        [
            .. data?.LabelFrom == "parent" ? ["LabelFrom = LabelFolder.Parent"] : Array.Empty<string>(),
            .. columns.Length > 0 ? [$"Columns = new ManifestColumns {{ {columns} }}"] : Array.Empty<string>(),
        ];
        return members.Length == 0 ? "" : $" {{ {string.Join(", ", members)} }}";
    }

    private static string Augmentation(ModelAugmentation? augmentation)
    {
        AugmentationKind kind = augmentation?.Kind switch
        {
            "flip" => AugmentationKind.Flip,
            "light" => AugmentationKind.Light,
            _ => AugmentationKind.None,
        };
        string copies = kind == AugmentationKind.Light && augmentation!.CopiesPerImage - 1 is >= 1 and <= AugmentationOptions.MaxCopies and int further
            ? string.Create(CultureInfo.InvariantCulture, $", Copies = {further}")
            : "";
        return $"new AugmentationOptions {{ Kind = AugmentationKind.{kind}{copies} }}";
    }
}
