using System.Text;
using System.Text.Json;
using InceptionMl.TestSupport;

namespace InceptionMl.Training.Tests.Settings;

public sealed class PipelineSchemaTests
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private static readonly JsonElement Schema = JsonDocument.Parse(PipelineFile.Schema).RootElement;

    private static bool ParserAccepts(string json)
    {
        try
        {
            PipelineFile.Parse(Encoding.UTF8.GetBytes(json), "/somewhere/pipelines", "x.json");
            return true;
        }
        catch (PipelineException)
        {
            return false;
        }
    }

    private static bool SchemaAccepts(string json) => new SchemaCheck(Schema).Accepts(JsonDocument.Parse(json, Lenient).RootElement);

    private static IEnumerable<(string Path, JsonElement Rule)> Properties(JsonElement rule, string path)
    {
        if (rule.ValueKind == JsonValueKind.Array)
        {
            return rule.EnumerateArray().SelectMany(one => Properties(one, path));
        }

        if (rule.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        IEnumerable<(string, JsonElement)> own = rule.TryGetProperty("properties", out JsonElement properties)
            ? properties.EnumerateObject().SelectMany(p => Properties(p.Value, $"{path}/{p.Name}").Prepend(($"{path}/{p.Name}", p.Value)))
            : [];
        return own.Concat(rule.EnumerateObject().Where(k => k.Name is "items" or "anyOf").SelectMany(k => Properties(k.Value, path)));
    }

    private static Dictionary<string, JsonElement> AllProperties() => Properties(Schema, string.Empty).ToDictionary(p => p.Path, p => p.Rule);

    [Fact]
    public void The_file_in_the_repository_is_the_one_that_is_generated()
    {
        File.WriteAllText(Path.Combine(AppContext.BaseDirectory, PipelineFile.SchemaName), PipelineFile.Schema);

        Assert.Equal(File.ReadAllText(Workspace.At("pipelines", PipelineFile.SchemaName)), PipelineFile.Schema);
    }

    [Fact]
    public void Every_key_has_a_description_and_a_default() => Assert.All(AllProperties(), property =>
    {
        Assert.NotEmpty(property.Value.GetProperty("description").GetString()!);
        Assert.True(property.Value.TryGetProperty("default", out _));
    });

    [Fact]
    public void The_defaults_of_the_schema_are_those_of_the_parser()
    {
        Dictionary<string, JsonElement> leaves = AllProperties()
            .Where(p => p.Value.GetProperty("default").ValueKind != JsonValueKind.Object && p.Key.Count(c => c == '/') <= 2)
            .Where(p => !p.Key.StartsWith("/data", StringComparison.Ordinal) && p.Key is not ("/augmentation/views" or "/registry"))
            .ToDictionary(p => p.Key, p => p.Value.GetProperty("default"));
        IEnumerable<string> members = leaves.GroupBy(l => l.Key.Split('/')[1]).Select(group => group.First().Key == "/" + group.Key
            ? $"\"{group.Key}\": {group.Single().Value.GetRawText()}"
            : $"\"{group.Key}\": {{ {string.Join(", ", group.Select(leaf => $"\"{leaf.Key.Split('/')[2]}\": {leaf.Value.GetRawText()}"))} }}");
        string json = PipelineSamples.With(string.Join(", ", members));

        TrainingSettings spelled = PipelineFile.Parse(Encoding.UTF8.GetBytes(json), "/somewhere/pipelines", "x.json");
        TrainingSettings plain = PipelineFile.Parse("""{"data":[{"path":"a"}]}"""u8, "/somewhere/pipelines", "x.json");

        Assert.Equal(33, leaves.Count);
        Assert.Equal(plain, spelled);
        Assert.Equal(plain.Augmentation.Copies, AllProperties()["/augmentation/views"].GetProperty("default").GetInt32());
    }

    [Theory]
    [InlineData("\"seed\":1.0", true)]
    [InlineData("\"seed\":2147483648", false)]
    [InlineData("\"seed\":null", false)]
    [InlineData("\"seed\":\"1\"", false)]
    [InlineData("\"Seed\":1", false)]
    [InlineData("\"formatVersion\":1", true)]
    [InlineData("\"formatVersion\":0", false)]
    [InlineData("\"formatVersion\":2", false)]
    [InlineData("\"$schema\":\"x\"", true)]
    [InlineData("\"$schema\":\"\"", false)]
    [InlineData("\"split\":{}", true)]
    [InlineData("\"split\":null", false)]
    [InlineData("\"split\":{\"test\":0}", true)]
    [InlineData("\"split\":{\"test\":1}", false)]
    [InlineData("\"split\":{\"validation\":-0.1}", false)]
    [InlineData("\"split\":{\"folds\":1}", false)]
    [InlineData("\"split\":{\"folds\":2}", true)]
    [InlineData("\"split\":{\"folds\":2.5}", false)]
    [InlineData("\"split\":{\"folds\":101}", false)]
    [InlineData("\"split\":{\"groupBy\":null}", true)]
    [InlineData("\"split\":{\"groupBy\":\"folder\"}", true)]
    [InlineData("\"split\":{\"folds\":0,\"groupBy\":\"folder\"}", true)]
    [InlineData("\"split\":{\"nearCopies\":\"ignore\"}", true)]
    [InlineData("\"split\":{\"nearCopies\":\"never\"}", false)]
    [InlineData("\"split\":{\"folds\":5,\"groupBy\":\"folder\"}", true)]
    [InlineData("\"split\":{\"folds\":5,\"groupBy\":\"patient\"}", false)]
    [InlineData("\"split\":{\"folds\":5,\"groupBy\":{\"column\":\"patient\"}}", true)]
    [InlineData("\"split\":{\"folds\":5,\"groupBy\":{}}", false)]
    [InlineData("\"split\":{\"folds\":5,\"groupBy\":{\"column\":\"\"}}", false)]
    [InlineData("\"backbone\":\"inception-compact\"", false)]
    [InlineData("\"backbone\":{\"model\":\"inception-v3\"}", true)]
    [InlineData("\"backbone\":{\"model\":\"a b\"}", false)]
    [InlineData("\"backbone\":{\"model\":\"a b/c\"}", true)]
    [InlineData("\"backbone\":{\"model\":\"a b.ONNX\"}", true)]
    [InlineData("\"backbone\":{\"model\":\"a\\\\b.onnx\"}", false)]
    [InlineData("\"backbone\":{\"model\":\"\"}", false)]
    [InlineData("\"backbone\":{\"preprocessing\":null}", true)]
    [InlineData("\"backbone\":{\"preprocessing\":{\"width\":8,\"height\":8,\"offset\":[0,0,0],\"scale\":[1,1,1],\"channels\":\"RGB\"}}", false)]
    [InlineData("\"backbone\":{\"model\":\"b\",\"preprocessing\":{\"width\":8,\"height\":8,\"offset\":[0,0,0],\"scale\":[1,1,1],\"channels\":\"RGB\"}}", false)]
    [InlineData("\"backbone\":{\"model\":\"b.onnx\",\"preprocessing\":{\"width\":8,\"height\":8,\"offset\":[0,0,0],\"scale\":[1,1,1],\"channels\":\"RGB\"}}", true)]
    [InlineData("\"backbone\":{\"model\":\"b.onnx\",\"preprocessing\":{\"width\":7,\"height\":8,\"offset\":[0,0,0],\"scale\":[1,1,1],\"channels\":\"RGB\"}}", false)]
    [InlineData("\"backbone\":{\"model\":\"b.onnx\",\"preprocessing\":{\"width\":8,\"height\":8,\"offset\":[0,0],\"scale\":[1,1,1],\"channels\":\"RGB\"}}", false)]
    [InlineData("\"backbone\":{\"model\":\"b.onnx\",\"preprocessing\":{\"width\":8,\"height\":8,\"offset\":[0,0,0],\"scale\":[1,1,1],\"channels\":\"rgb\"}}", false)]
    [InlineData("\"backbone\":{\"model\":\"b.onnx\",\"preprocessing\":{\"width\":8}}", false)]
    [InlineData("\"preprocessing\":{\"resize\":\"pad\"}", true)]
    [InlineData("\"preprocessing\":{\"resize\":\"stretch\"}", true)]
    [InlineData("\"preprocessing\":{\"resize\":false}", false)]
    [InlineData("\"augmentation\":{\"kind\":\"flip\"}", true)]
    [InlineData("\"augmentation\":{\"kind\":\"flip\",\"views\":2}", false)]
    [InlineData("\"augmentation\":{\"views\":2}", false)]
    [InlineData("\"augmentation\":{\"kind\":\"light\",\"views\":16}", true)]
    [InlineData("\"augmentation\":{\"kind\":\"light\",\"views\":17}", false)]
    [InlineData("\"augmentation\":{\"kind\":null}", false)]
    [InlineData("\"heads\":{\"try\":[\"sdca\"]}", true)]
    [InlineData("\"heads\":{\"try\":[]}", false)]
    [InlineData("\"heads\":{\"try\":[\"auto\"]}", false)]
    [InlineData("\"heads\":{\"try\":[\"sdca\",\"sdca\"]}", false)]
    [InlineData("\"heads\":{\"l2\":[1e6]}", true)]
    [InlineData("\"heads\":{\"l2\":[0]}", false)]
    [InlineData("\"heads\":{\"l2\":[1,1.0]}", false)]
    [InlineData("\"heads\":{\"timeBudgetSeconds\":null}", true)]
    [InlineData("\"heads\":{\"timeBudgetSeconds\":0}", false)]
    [InlineData("\"heads\":{\"timeBudgetSeconds\":604801}", false)]
    [InlineData("\"classWeights\":\"weights\"", true)]
    [InlineData("\"classWeights\":\"balanced\"", false)]
    [InlineData("\"classWeights\":null", false)]
    [InlineData("\"classWeights\":{}", false)]
    [InlineData("\"classWeights\":{\"\":1}", false)]
    [InlineData("\"classWeights\":{\"a\":0}", false)]
    [InlineData("\"classWeights\":{\"a\":1e-7}", false)]
    [InlineData("\"classWeights\":{\"a\":1e-6}", true)]
    [InlineData("\"classWeights\":{\"a\":1000001}", false)]
    [InlineData("\"classWeights\":{\"a\":0.5,\"b\":3}", true)]
    [InlineData("\"acceptance\":{\"margin\":null,\"level\":false,\"whenUndecided\":\"keep\"}", true)]
    [InlineData("\"acceptance\":{\"level\":0}", false)]
    [InlineData("\"acceptance\":{\"margin\":true}", false)]
    [InlineData("\"acceptance\":{\"minTestImages\":0}", false)]
    [InlineData("\"acceptance\":{\"minTestImages\":null}", false)]
    [InlineData("\"registry\":\"../models\"", true)]
    [InlineData("\"registry\":null", false)]
    [InlineData("\"registry\":\"\"", false)]
    [InlineData("\"registry\":\"a\\u0001b\"", false)]
    [InlineData("\"cache\":\"none\"", true)]
    [InlineData("\"cache\":null", false)]
    [InlineData("\"reports\":{\"html\":0}", false)]
    [InlineData("\"reports\":{\"html\":false}", true)]
    public void Schema_and_parser_accept_and_refuse_the_same(string members, bool accepted)
    {
        string json = PipelineSamples.With(members);

        Assert.Equal((accepted, accepted), (SchemaAccepts(json), ParserAccepts(json)));
    }

    [Theory]
    [InlineData("{}", false)]
    [InlineData("[]", false)]
    [InlineData("{\"data\":[]}", false)]
    [InlineData("{\"data\":[\"a\"]}", false)]
    [InlineData("{\"data\":[{}]}", false)]
    [InlineData("{\"data\":[{\"path\":\"a\",\"part\":null}]}", true)]
    [InlineData("{\"data\":[{\"path\":\"a\",\"part\":\"val\"}]}", false)]
    [InlineData("{\"data\":[{\"path\":\"a\",\"label\":\"b\"}]}", false)]
    [InlineData(PipelineSamples.Full, true)]
    public void So_of_whole_files(string json, bool accepted) => Assert.Equal((accepted, accepted), (SchemaAccepts(json), ParserAccepts(json)));

    [Fact]
    public void The_schema_is_put_beside_a_pipeline_and_replaces_nothing()
    {
        using TemporaryFolder folder = new();

        Assert.True(PipelineFile.WriteSchema(folder.Path));
        Assert.Equal(PipelineFile.Schema, File.ReadAllText(folder.At(PipelineFile.SchemaName)));
        Assert.False(PipelineFile.WriteSchema(folder.Path));
    }
}
