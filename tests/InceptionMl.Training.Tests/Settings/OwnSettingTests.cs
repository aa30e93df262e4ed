using System.Text;
using System.Text.Json;
using InceptionMl.Models;
using InceptionMl.TestSupport;
using InceptionMl.Training.Evaluation.Comparison;
using InceptionMl.Training.Retraining;
using InceptionMl.Training.Scaffolding.Internal;

namespace InceptionMl.Training.Tests.Settings;

/// <summary>A setting that an application adds without a change to the library: an entry of its own in the pipeline file.</summary>
public sealed class OwnSettingTests : IDisposable
{
    private const string Least = "x-least-test-images";

    private readonly RetrainScene scene = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => scene.Dispose();

    [Theory]
    [InlineData(24, true)]
    [InlineData(500, false)]
    public async Task A_rule_reads_a_setting_of_its_own_which_file_card_and_generated_code_keep(int least, bool promoted)
    {
        Dictionary<string, JsonElement> own = new()
        {
            [Least] = JsonSerializer.SerializeToElement(least),
            ["x-owner"] = JsonElement.Parse("""{ "name": "Zoë \"Z\"", "on": [1.5, null, true, {}], "none": {} }"""),
        };
        TrainingSettings settings = PipelineFile.Read(scene.PipelinePath) with { Extensions = own };
        PipelineFile.Write(settings, scene.PipelinePath);
        TrainingSettings read = PipelineFile.Read(scene.PipelinePath);

        Assert.Equal(settings, read);
        Assert.NotEqual(settings with { Extensions = new Dictionary<string, JsonElement>() }, read);

        scene.AddClasses(2, 40);
        await scene.RetrainAsync(cancellationToken: Stop);
        scene.Add("images/red", 3, color: 0);
        RetrainResult result = await scene.RetrainAsync(new RetrainOptions { Rules = [new TestSizeRule(read.Extensions[Least].GetInt32())] }, Stop);

        Assert.Equal((promoted, (double?)least), (result.Promoted, Assert.Single(result.Rules).Limit));

        ModelCard card = ModelCard.Parse(await File.ReadAllBytesAsync(result.Training.CardPath, Stop));
        Assert.All(own, entry => Assert.True(JsonElement.DeepEquals(entry.Value, card.Settings!.Value.GetProperty(entry.Key))));

        string code = scene.Folder.At("code");
        new ModelScaffold(new ScaffoldOptions { Name = "Sample" }).Write(result.Training.ModelPath, code, Stop);
        string text = await File.ReadAllTextAsync(Path.Combine(code, "Sample.training.cs"), Stop);
        Assert.Contains($"[\"{Least}\"] = System.Text.Json.JsonElement.Parse(\"{least}\")", text, StringComparison.Ordinal);
        Assert.Contains("[\"x-owner\"] = ", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("least")]
    [InlineData("x-")]
    [InlineData("X-Least")]
    public void A_key_of_another_form_is_refused(string key)
    {
        TrainingSettings settings = new() { Data = ["images"], Extensions = new Dictionary<string, JsonElement> { [key] = JsonElement.Parse("1") } };

        string made = Assert.Throws<PipelineException>(settings.Validate).Message;
        string written = Assert.Throws<PipelineException>(() => PipelineFile.Parse(
            Encoding.UTF8.GetBytes($$"""{ "data": [{ "path": "images" }], "{{key}}": 1 }"""), scene.Folder.Path, "p.json")).Message;

        Assert.Contains($"\"{key}\" is among the extensions: the key of an extension starts with \"x-\"", made, StringComparison.Ordinal);
        Assert.Contains($"\"{key}\" is not a key of a pipeline", written, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x-least", true)]
    [InlineData("least", false)]
    [InlineData("x-", false)]
    public void The_schema_takes_keys_of_this_form(string key, bool accepted)
    {
        SchemaCheck schema = new(JsonElement.Parse(PipelineFile.Schema));

        Assert.Equal(accepted, schema.Accepts(JsonElement.Parse($$"""{ "data": [{ "path": "images" }], "{{key}}": { "any": ["value"] } }""")));
    }

    private sealed class TestSizeRule(int least) : IAcceptanceRule
    {
        public string Id => "test-size";

        public IEnumerable<RuleResult> Judge(ModelComparison comparison)
        {
            int images = comparison.Challenger.Images;
            yield return new RuleResult(Id, images >= least, images, least, $"there are {images} test images, and {least} are required");
        }
    }
}
