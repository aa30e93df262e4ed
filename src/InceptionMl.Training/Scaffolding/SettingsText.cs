using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using InceptionMl.Backbones;
using InceptionMl.Images;
using InceptionMl.Models;
using InceptionMl.Models.Internal;
using InceptionMl.Training.Augmentation;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Training.Scaffolding;

/// <summary>
/// The settings that a model's card holds, as the C# text of the training template. A card may have been written by anybody: what
/// training would not take becomes its default.
/// </summary>
internal static class SettingsText
{
    private const int LongestColumn = 200;
    private const int LongestLine = 150;
    private const string ModelConstant = "TrainingBackbone";
    private const string FileOfNoName = "backbone.onnx";
    private const string FileCharacters = "._- ";

    public static IEnumerable<KeyValuePair<string, string>> FromCard(ModelCard card) =>
    [
        new("Backbone", CSharpText.Literal(IsEmbedded(card) ? Backbone.EmbeddedName : BackboneFile(card))),
        new("BackboneComment", BackboneComment(card)),
        new("Settings", Print(Read(card), "    ")),
    ];

    /// <summary>An expression that creates a value; every property is set that the value does not leave out.</summary>
    public static string Print(object value, string indent) => value switch
    {
        string text => CSharpText.Literal(text),
        bool flag => CSharpText.Literal(flag),
        int whole => whole.ToString(CultureInfo.InvariantCulture),
        double number => CSharpText.Literal(number),
        Enum word => $"{NameOf(word.GetType())}.{word}",
        SettingsPath path => CSharpText.Literal(path.Written),
        BackboneSettings.BackboneModel => ModelConstant,
        SettingExtensions own =>
            $"new Dictionary<string, System.Text.Json.JsonElement> {{ {string.Join(", ", own.Select(entry =>
                $"[{CSharpText.Literal(entry.Key)}] = System.Text.Json.JsonElement.Parse({CSharpText.Literal(entry.Value.GetRawText())})"))} }}",
        IEnumerable items => $"[{string.Join(", ", items.Cast<object>().Select(item => Print(item, indent)))}]",
        _ => PrintObject(value, indent),
    };

    /// <summary>What the printed text calls things.</summary>
    public static IEnumerable<string> Identifiers(Type type)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? (type.IsGenericType ? type.GetGenericArguments()[0] : type);
        return plain.Assembly != typeof(TrainingSettings).Assembly && plain.Assembly != typeof(ResizeMode).Assembly ? []
            : plain.IsEnum ? Enum.GetNames(plain).Append(plain.Name)
            : plain.GetProperties().Where(property => property.SetMethod is not null)
                .SelectMany(property => Identifiers(property.PropertyType).Append(property.Name)).Append(plain.Name);
    }

    private static string PrintObject(object value, string indent)
    {
        Type type = value.GetType();
        ConstructorInfo? given = type.GetConstructor([]) is null ? type.GetConstructors().Single() : null;
        string[] arguments = [.. (given?.GetParameters() ?? []).Select(parameter =>
            type.GetProperty(parameter.Name!)!.GetValue(value) is { } held ? $"{parameter.Name}: {Print(held, indent)}" : $"{parameter.Name}: null")];
        string[] members =
        [
            .. type.GetProperties()
                .Where(property => property.SetMethod?.IsPublic == true && given?.GetParameters().Any(parameter => parameter.Name == property.Name) != true)
                .Select(property => (property.Name, Value: property.GetValue(value)))
                .Where(member => !IsLeftOut(member.Value))
                .Select(member => $"{member.Name} = {Print(member.Value!, indent + "    ")}"),
        ];
        string created = type == typeof(TrainingSettings) ? "new()" : $"new {NameOf(type)}({string.Join(", ", arguments)})";
        string line = $"{(arguments.Length == 0 ? created.Replace("()", "", StringComparison.Ordinal) : created)} {{ {string.Join(", ", members)} }}";
        return members.Length == 0 ? created
            : type != typeof(TrainingSettings) && line.Length <= LongestLine && !line.Contains('\n') ? line
            : $"{(arguments.Length == 0 && type != typeof(TrainingSettings) ? $"new {NameOf(type)}" : created)}\n{indent}{{\n{string.Concat(members.Select(member => $"{indent}    {member},\n"))}{indent}}}";
    }

    private static string NameOf(Type type) => type.DeclaringType is { } outer ? $"{outer.Name}.{type.Name}" : type.Name;

    private static bool IsLeftOut(object? value) => value is null || value.Equals(new DatasetSource.ManifestColumns()) || value is IReadOnlyCollection<object> { Count: 0 } or SettingExtensions { Count: 0 };

    private static TrainingSettings Read(ModelCard card)
    {
        if (card.Settings is { } element)
        {
            try
            {
                SourceText source = new(JsonSerializer.SerializeToUtf8Bytes(element), "card.json");
                return new SettingsReader(source, SettingsJson.CreateOptions(folder: null)).ReadSettings(LocatedReader.Read(source), "the settings");
            }
            catch (PipelineException)
            {
                // What the rest of the card says will do.
            }
        }

        return FromOlder(card);
    }

    // A card of a version that did not embed the settings.
    private static TrainingSettings FromOlder(ModelCard card)
    {
        SplitSettings defaults = new();
        return new TrainingSettings
        {
            Data = [Source(card.Data)],
            Split = card.Data is { ValidationFraction: >= 0 and < 1, TestFraction: >= 0 and < 1 } data && data.ValidationFraction + data.TestFraction < 1
                ? new SplitSettings { Validation = data.ValidationFraction, Test = data.TestFraction }
                : defaults,
            Preprocessing = new PreprocessingSettings { Resize = Enum.IsDefined(card.Preprocessing.Mode) ? card.Preprocessing.Mode : ResizeMode.Crop },
            Heads = card.Head.Trainer switch
            {
                "lbfgs" => new HeadSettings { Try = [HeadKind.Lbfgs] },
                "sdca" => new HeadSettings { Try = [HeadKind.Sdca] },
                _ => new HeadSettings(),
            },
            ClassWeights = ClassWeights(card),
            Augmentation = Augmentation(card.Augmentation),
            Seed = card.Seed is >= int.MinValue and <= int.MaxValue ? (int)card.Seed : new TrainingSettings().Seed,
        };
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

    private static ClassWeightSettings ClassWeights(ModelCard card)
    {
        ClassWeightSettings.LabelWeight[] weights = card.Head.ClassWeights is { } given
            ?
            [
                .. card.Classes.Where(given.ContainsKey).Select(name => new ClassWeightSettings.LabelWeight(name, given[name]))
                    .Where(weight => weight.Weight is >= ClassWeightSettings.LowestWeight and <= ClassWeightSettings.HighestWeight),
            ]
            : [];
        return new ClassWeightSettings { Balanced = weights.Length == 0 && card.Head.Balance == ClassWeightSettings.BalancingWeights, ByLabel = weights };
    }

    // How a folder or a manifest was read, where that was not by the defaults.
    private static DatasetSource Source(ModelData? data)
    {
        static string? Column(string? name) => name is { Length: > 0 and <= LongestColumn } ? name : null;
        return new DatasetSource("images")
        {
            LabelFrom = data?.LabelFrom == "parent" ? DatasetSource.LabelFolder.Parent : null,
            Columns = new DatasetSource.ManifestColumns { Path = Column(data?.PathColumn), Label = Column(data?.LabelColumn), Part = Column(data?.PartColumn) },
        };
    }

    private static AugmentationSettings Augmentation(ModelAugmentation? augmentation) => augmentation?.Kind switch
    {
        "flip" => new AugmentationSettings { Kind = AugmentationKind.Flip },
        "light" or "quality" => new AugmentationSettings
        {
            Kind = augmentation.Kind == "light" ? AugmentationKind.Light : AugmentationKind.Quality,
            Copies = augmentation.CopiesPerImage - 1 is >= 1 and <= AugmentationSettings.MaxCopies and int further ? further : new AugmentationSettings().Copies,
        },
        _ => new AugmentationSettings(),
    };
}
