using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using InceptionMl.Backbones;
using InceptionMl.Images;
using InceptionMl.Models;
using InceptionMl.Models.Internal;
using InceptionMl.TestSupport;
using InceptionMl.Training.Augmentation;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Evaluation.Comparison;
using InceptionMl.Training.Scaffolding.Internal;

namespace InceptionMl.Training.Tests.Settings;

/// <summary>Every property of the settings, none of which may be lost on the way through API, file, card and generated code.</summary>
public sealed class SettingsWalkTests(TrainedDemo demo)
{
    // A value for each property that is not its default. Some must be alone: they exclude one another.
    private static Dictionary<string, object> Values(TemporaryFolder folder) => new()
    {
        ["Data.Path"] = (SettingsPath)folder.At("pictures"),
        ["Data.Part"] = SplitPart.Validation,
        ["Data.LabelFrom"] = DatasetSource.LabelFolder.Parent,
        ["Data.Columns.Path"] = "photo",
        ["Data.Columns.Label"] = "the \"kind\"",
        ["Data.Columns.Part"] = "use",
        ["Split.Validation"] = 0.2,
        ["Split.Test"] = 0.15,
        ["Split.Folds"] = 7,
        ["Split.NearCopies"] = SplitSettings.NearCopyHandling.Ignore,
        ["Split.GroupBy.Column"] = "patient",
        ["Backbone.Model"] = (BackboneSettings.BackboneModel)folder.At("nets", "mine.onnx"),
        ["Backbone.Preprocessing.Width"] = 299,
        ["Backbone.Preprocessing.Height"] = 224,
        ["Backbone.Preprocessing.Offset"] = (double[])[1, 2.5, 3],
        ["Backbone.Preprocessing.Scale"] = (double[])[0.5, 0.25, 1],
        ["Backbone.Preprocessing.Channels"] = "BGR",
        ["Backbone.Preprocessing.CropFraction"] = 0.875,
        ["Backbone.Features"] = "a,b",
        ["Backbone.InputSize"] = "320x256",
        ["Preprocessing.Resize"] = ResizeMode.Stretch,
        ["Augmentation.Kind"] = AugmentationKind.Light,
        ["Augmentation.Copies"] = 9,
        ["Heads.Try"] = (HeadKind[])[HeadKind.Sdca],
        ["Heads.L2"] = (double[])[3, 0.003],
        ["Heads.TimeBudgetSeconds"] = 90.5,
        ["Heads.Tolerance"] = 1e-6,
        ["Heads.MaxIterations"] = 321,
        ["Heads.CrossValidationBelow"] = 17,
        ["Decisions.Bank"] = false,
        ["Decisions.FalseAlarms"] = 0.03,
        ["Decisions.Coverage"] = 0.85,
        ["Decisions.Sets"] = ConformalMethod.Raps,
        ["Decisions.Background"] = (SettingsPath)folder.At("others"),
        ["ClassWeights.Balanced"] = true,
        ["ClassWeights.ByLabel.Label"] = "nut",
        ["ClassWeights.ByLabel.Weight"] = 2.5,
        ["Acceptance.Margin"] = 0.03,
        ["Acceptance.Level"] = 0.07,
        ["Acceptance.MinTestImages"] = 31,
        ["Acceptance.WhenUndecided"] = Undecided.Keep,
        ["Acceptance.AgainstBest"] = false,
        ["Registry"] = (SettingsPath)folder.At("models"),
        ["Cache"] = (SettingsPath)folder.At("features"),
        ["Seed"] = -9,
        ["Reports.Html"] = false,
    };

    [Fact]
    public void Every_property_survives_file_card_and_generated_code()
    {
        using TemporaryFolder folder = new();
        Dictionary<string, object> values = Values(folder);
        TrainingSettings byLabel = Create(values, "ClassWeights.Balanced");
        TrainingSettings balanced = Create(values, "ClassWeights.ByLabel");

        Assert.Equal(values.Keys.Order(StringComparer.Ordinal), Leaves(byLabel).Concat(Leaves(balanced)).Select(leaf => leaf.Path).Distinct().Order(StringComparer.Ordinal));
        foreach (TrainingSettings settings in (TrainingSettings[])[byLabel, balanced])
        {
            string file = folder.At("pipelines", "p.json");
            PipelineFile.Write(settings, file);
            TrainingSettings read = PipelineFile.Read(file);
            TrainingSettings carded = FromCard(Card(read, folder), folder);
            string code = Scaffold(Card(carded, folder), folder);

            AssertSame(settings, read);
            AssertSame(settings, carded);
            Assert.All(Leaves(carded).Where(leaf => leaf.Path != "Backbone.Model"), leaf => Assert.Contains(Code(leaf), code, StringComparison.Ordinal));
            Assert.Contains("TrainingBackbone = \"mine.onnx\"", code, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void No_value_of_the_walk_is_a_default()
    {
        using TemporaryFolder folder = new();
        TrainingSettings defaults = new() { Data = ["x"], Backbone = new BackboneSettings { Preprocessing = new BackbonePreprocessing(1, 1, [0, 0, 0], [1, 1, 1], "RGB") } };
        Dictionary<string, object?> plain = Leaves(defaults).ToDictionary(leaf => leaf.Path, leaf => leaf.Value);

        Assert.All(Values(folder), value => Assert.NotEqual(plain.GetValueOrDefault(value.Key), value.Value));
    }

    [Fact]
    public async Task The_card_of_a_training_holds_its_settings_and_no_folder_of_this_machine()
    {
        ModelCard card = ModelCard.Parse(await File.ReadAllBytesAsync(Path.ChangeExtension(demo.Model, ".json"), TestContext.Current.CancellationToken));

        string folder = Path.GetDirectoryName(demo.Model)!;
        TrainingSettings settings = Parse(card.Settings!.Value, folder);

        Assert.Equal(new TrainingSettings { Data = [Path.Combine(folder, Path.GetFileName(TrainedDemo.Images))] }, settings);
    }

    // The tree of records, with every property set that is known; one that is not known keeps its default and is missed by the walk.
    private static TrainingSettings Create(Dictionary<string, object> values, string without) => (TrainingSettings)Create(typeof(TrainingSettings), "", values, without)!;

    private static object? Create(Type type, string path, Dictionary<string, object> values, string without)
    {
        if (path.StartsWith(without, StringComparison.Ordinal))
        {
            return null;
        }

        if (values.TryGetValue(path, out object? value))
        {
            return value;
        }

        Type? item = Item(type);
        if (item is not null)
        {
            Array items = Array.CreateInstance(item, 1);
            items.SetValue(Create(item, path, values, without), 0);
            return items;
        }

        if (!values.Keys.Any(key => key.StartsWith(path.Length == 0 ? path : path + ".", StringComparison.Ordinal)))
        {
            throw new InvalidOperationException($"The walk knows no value for the property {path}: add one to {nameof(Values)}.");
        }

        ConstructorInfo constructor = type.GetConstructor([]) ?? type.GetConstructors().Single();
        object made = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Create(parameter.ParameterType, Join(path, parameter.Name!), values, without))]);
        foreach (PropertyInfo property in Settable(type))
        {
            if (Create(property.PropertyType, Join(path, property.Name), values, without) is { } held)
            {
                property.SetValue(made, held);
            }
        }

        return made;
    }

    private static IEnumerable<(string Path, object? Value)> Leaves(object? value, string path = "")
    {
        Type? type = value?.GetType();
        return value is null || type!.IsPrimitive || type.IsEnum || value is string or SettingsPath or BackboneSettings.BackboneModel ? [(path, value)]
            : value is IEnumerable items
            ? items.Cast<object>().First().GetType() is { IsPrimitive: false, IsEnum: false } ? items.Cast<object>().SelectMany(item => Leaves(item, path)) : [(path, value)]
            : Settable(type).Where(property => !IsEmpty(property.GetValue(value))).SelectMany(property => Leaves(property.GetValue(value), Join(path, property.Name)));
    }

    private static bool IsEmpty(object? value) => value is IReadOnlyCollection<object> { Count: 0 };

    private static IEnumerable<PropertyInfo> Settable(Type type) =>
        type.GetProperties().Where(property => property.SetMethod is not null && property.GetCustomAttribute<JsonIgnoreAttribute>()?.Condition != JsonIgnoreCondition.Always);

    private static Type? Item(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static void AssertSame(TrainingSettings one, TrainingSettings other) => Assert.Equal(
        Leaves(one).Select(leaf => $"{leaf.Path} {Same(leaf.Value)}"), Leaves(other).Select(leaf => $"{leaf.Path} {Same(leaf.Value)}"));

    private static string Same(object? value) => value switch
    {
        SettingsPath path => path.Full,
        BackboneSettings.BackboneModel { Path: { } path } => path.Full,
        _ => Text(value),
    };

    private static string Code((string Path, object? Value) leaf)
    {
        string name = leaf.Path[(leaf.Path.LastIndexOf('.') + 1)..];
        string text = Text(leaf.Value);
        return leaf.Path is "Data.Path" or "Data.Part" or "Split.GroupBy.Column" || leaf.Path.StartsWith("ClassWeights.ByLabel", StringComparison.Ordinal)
            || (leaf.Path.StartsWith("Backbone.Preprocessing.", StringComparison.Ordinal) && name != "CropFraction") ? $"{name}: {text}" : $"{name} = {text}";
    }

    private static string Text(object? value) => value switch
    {
        string text => $"\"{text.Replace("\"", "\\\"", StringComparison.Ordinal)}\"",
        SettingsPath path => $"\"{path.Written}\"",
        bool flag => flag ? "true" : "false",
        Enum word => $"{word.GetType().FullName!.Split('.')[^1].Replace('+', '.')}.{word}",
        IEnumerable items => $"[{string.Join(", ", items.Cast<object>().Select(Text))}]",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static JsonElement Card(TrainingSettings settings, TemporaryFolder folder) => SettingsJson.ToElement(settings, folder.At("artifacts"));

    private TrainingSettings FromCard(JsonElement settings, TemporaryFolder folder)
    {
        ModelCard card = ModelCard.Parse(File.ReadAllBytes(Path.ChangeExtension(demo.Model, ".json"))) with { Settings = settings };
        return Parse(ModelCard.Parse(card.ToJson()).Settings!.Value, folder.At("artifacts"));
    }

    private string Scaffold(JsonElement settings, TemporaryFolder folder)
    {
        string made = folder.At(Guid.NewGuid().ToString());
        Directory.CreateDirectory(made);
        string model = HostileModel.Write(demo.Model, Path.Combine(made, "m.zip"), card => card with { Settings = settings, Backbone = card.Backbone with { Name = "mine" } });
        new ModelScaffold(new ScaffoldOptions { Name = "Sample" }).Write(model, Path.Combine(made, "out"), TestContext.Current.CancellationToken);
        return File.ReadAllText(Path.Combine(made, "out", "Sample.training.cs"));
    }

    private static TrainingSettings Parse(JsonElement settings, string folder) =>
        PipelineFile.Parse(Encoding.UTF8.GetBytes(settings.GetRawText()), folder, "card.json") with
        {
            Registry = settings.TryGetProperty("registry", out JsonElement registry) ? SettingsPath.FromFile(registry.GetString()!, folder) : null,
        };
}
