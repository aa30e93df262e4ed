using System.Text.Json;
using System.Text.RegularExpressions;
using InceptionMl.Images;
using InceptionMl.Models;
using InceptionMl.Models.Internal;
using InceptionMl.TestSupport;
using InceptionMl.Training.Scaffolding.Internal;

namespace InceptionMl.Training.Tests.Scaffolding;

/// <summary>The generated training code holds what the model's card records, whatever that is.</summary>
public sealed partial class TrainingTextTests(TrainedDemo demo)
{
    [Fact]
    public void The_settings_of_a_card_that_embeds_none_are_what_the_rest_of_it_says()
    {
        string text = Generate(card => card with
        {
            Settings = null,
            Seed = -7,
            Preprocessing = card.Preprocessing with { Mode = ResizeMode.Pad },
            Head = card.Head with { Trainer = "sdca", Balance = "weights", ClassWeights = new Dictionary<string, double> { ["nut"] = 2.5, ["nobody"] = 1 } },
            Augmentation = new ModelAugmentation { Kind = "light", CopiesPerImage = 7 },
            Data = card.Data! with { ValidationFraction = 0.25, TestFraction = 0.05, LabelFrom = "parent", LabelColumn = "the \"kind\"" },
        });

        foreach (string line in (string[])
            [
                "TrainingBackbone = \"inception-compact\";", "Resize = ResizeMode.Pad }", "Validation = 0.25, Test = 0.05,",
                "Try = [HeadKind.Sdca],", "ClassWeightSettings.LabelWeight(Label: \"nut\", Weight: 2.5)", "Kind = AugmentationKind.Light, Copies = 6 }", "Seed = -7,",
                "LabelFrom = DatasetSource.LabelFolder.Parent,", "Columns = new DatasetSource.ManifestColumns { Label = \"the \\\"kind\\\"\" }",
            ])
        {
            Assert.Contains(line, text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("nobody", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_backbone_that_does_not_come_with_the_library_is_a_file_and_the_comment_says_what_is_needed()
    {
        string digest = new('b', 64);

        string text = Generate(card => card with { Backbone = card.Backbone with { Name = "inception-v3", Sha256 = digest } });

        Assert.Contains("TrainingBackbone = \"inception-v3.onnx\";", text, StringComparison.Ordinal);
        Assert.Contains("put this ONNX file, and its card", text, StringComparison.Ordinal);
        Assert.Contains(digest, text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hostile_card_stays_inside_its_literals()
    {
        using TemporaryFolder folder = new();
        string plain = Generate(card => card with { Settings = null, Head = card.Head with { ClassWeights = card.Classes.ToDictionary(name => name, _ => 1.5) } });

        string hostile = GenerateFrom(HostileModel.Write(demo.Model, folder.At("hostile.zip")), folder.At("out"));

        Assert.Equal(Code(plain).Replace("[HeadKind.Lbfgs]", "[HeadKind.Lbfgs, HeadKind.Sdca]", StringComparison.Ordinal), Code(hostile));
        Assert.DoesNotContain("Injected", Comments(hostile), StringComparison.Ordinal);
        Assert.Contains("TrainingBackbone = \"backbone.onnx\";", hostile, StringComparison.Ordinal);
        Assert.Contains("Try = [HeadKind.Lbfgs, HeadKind.Sdca],", hostile, StringComparison.Ordinal);
        Assert.Contains("Kind = AugmentationKind.None,", hostile, StringComparison.Ordinal);
        Assert.Contains("Validation = 0.1,", hostile, StringComparison.Ordinal);
        Assert.Contains("Seed = 1,", hostile, StringComparison.Ordinal);
    }

    [Fact]
    public void Embedded_settings_that_are_hostile_or_damaged_stay_inside_their_literals_or_are_passed_over()
    {
        string hostile = Generate(card => card with { Settings = Element("""{ "data": [{ "path": "a\"; Injected(); //\u2028" }], "classWeights": { "*/ } } Injected": 2 } }""") });
        string damaged = Generate(card => card with { Settings = Element("""{ "data": [{ "path": "a" }], "seed": "; Injected();" }""") });

        Assert.DoesNotContain("Injected", Code(hostile), StringComparison.Ordinal);
        Assert.Contains("Weight: 2", hostile, StringComparison.Ordinal);
        Assert.DoesNotContain("Injected", damaged, StringComparison.Ordinal);
        Assert.Contains("Seed = 1,", damaged, StringComparison.Ordinal);
        static JsonElement Element(string json) => JsonDocument.Parse(json).RootElement;
    }

    [Fact]
    public void No_text_of_the_card_is_in_any_other_file()
    {
        using TemporaryFolder folder = new();

        GenerateFrom(HostileModel.Write(demo.Model, folder.At("hostile.zip")), folder.At("out"));

        Assert.All(
            Directory.EnumerateFiles(folder.At("out"), "*", SearchOption.AllDirectories).Where(path => Path.GetFileName(path) is not ("Sample.zip" or "Sample.training.cs")),
            path => Assert.DoesNotContain(HostileModel.Classes, name => File.ReadAllText(path).Contains(name, StringComparison.Ordinal)));
    }

    private static bool IsComment(string line) => line.TrimStart().StartsWith("///", StringComparison.Ordinal);

    private static string Comments(string text) => string.Join('\n', text.Split('\n').Where(IsComment));

    // What is left without literals, each ended by the first quotation mark that no backslash stands before, on the line it began on.
    private static string Code(string text) => Literal().Replace(string.Join('\n', text.Split('\n').Where(line => !IsComment(line))), "text");

    [GeneratedRegex(@"""(\\.|[^""\\\r\n\u0085\u2028\u2029])*""")]
    private static partial Regex Literal();

    private static string GenerateFrom(string model, string folder)
    {
        new ModelScaffold(new ScaffoldOptions { Name = "Sample" }).Write(model, folder, TestContext.Current.CancellationToken);
        return File.ReadAllText(Path.Combine(folder, "Sample.training.cs"));
    }

    private string Generate(Func<ModelCard, ModelCard> change)
    {
        using TemporaryFolder folder = new();
        return GenerateFrom(HostileModel.Write(demo.Model, folder.At("model.zip"), change), folder.At("out"));
    }
}
