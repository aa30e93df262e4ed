using System.Text;
using InceptionMl.Backbones;
using InceptionMl.Images;
using InceptionMl.TestSupport;
using InceptionMl.Training.Augmentation;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Evaluation.Comparison;
using InceptionMl.Training.Tests.Datasets;

namespace InceptionMl.Training.Tests.Settings;

public sealed class PipelineFileTests
{
    private static readonly string Folder = Path.GetFullPath("/work space/pipelines");

    private static TrainingSettings Parse(string json) => PipelineFile.Parse(Encoding.UTF8.GetBytes(json), Folder, "pipelines/x.json");

    private static string Refusal(string json) => Assert.Throws<PipelineException>(() => Parse(json)).Message;

    [Fact]
    public void What_is_left_out_is_as_training_without_a_file_has_it()
    {
        TrainingSettings pipeline = Parse("""{"data":[{"path":"../pictures"}]}""");
        TrainingSettings defaults = new() { Data = pipeline.Data, Registry = pipeline.Registry, Cache = pipeline.Cache };

        Assert.Equal(Path.GetFullPath("/work space/pictures"), Assert.Single(pipeline.Data).Path.Full);
        Assert.Equal(Path.GetFullPath("/work space/artifacts/x"), pipeline.Registry!.Full);
        Assert.Equal(Path.GetFullPath("/work space/artifacts/cache"), pipeline.Cache!.Full);
        Assert.Equal(defaults, pipeline);
        Assert.Equal("inception-compact", pipeline.OpenBackbone().Card.Name);
    }

    [Fact]
    public void Every_setting_is_read_with_comments_and_trailing_commas_and_a_byte_order_mark()
    {
        TrainingSettings pipeline = Parse("\uFEFF" + PipelineSamples.Full);

        DatasetSource.ManifestColumns columns = new() { Path = "photo", Label = "species", Part = "use" };
        Assert.Equal(new DatasetSource(SettingsPath.FromFile("list.csv", Folder), SplitPart.Test) { Columns = columns }, pipeline.Data[1]);
        Assert.Equal(new SplitSettings { Validation = 0.2, Test = 0.15, Folds = 5, GroupBy = new DatasetSource.ImageGrouping("patient") }, pipeline.Split);
        Assert.Equal(Path.Combine(Folder, "mine.onnx"), pipeline.Backbone.Model.Path!.Full);
        Assert.Equal(new BackbonePreprocessing(299, 224, [1, 2, 3], [0.5, 0.5, 1], "BGR") { CropFraction = 0.875 }, pipeline.Backbone.Preprocessing);
        Assert.Equal(ResizeMode.Pad, pipeline.Preprocessing.Resize);
        Assert.Equal(new AugmentationSettings { Kind = AugmentationKind.Light, Copies = 3 }, pipeline.Augmentation);
        Assert.Equal(new HeadSettings { Try = [HeadKind.Sdca], L2 = [1, 0.01], TimeBudgetSeconds = 60, Tolerance = 0.001, MaxIterations = 200, CrossValidationBelow = 50 }, pipeline.Heads);
        Assert.Equal([new ClassWeightSettings.LabelWeight("böse", 2), new ClassWeightSettings.LabelWeight("gut", 0.5)], pipeline.ClassWeights.ByLabel);
        Assert.Equal(new AcceptanceSettings { Margin = 0.02, WhenUndecided = Undecided.Keep, Level = null, MinTestImages = 5 }, pipeline.Acceptance);
        Assert.Equal(("../models", -3, false), (pipeline.Registry!.Written, pipeline.Seed, pipeline.Reports.Html));
        Assert.Null(pipeline.Cache);
    }

    [Fact]
    public void A_key_is_read_by_the_name_it_had_before()
    {
        string earlier = PipelineSamples.Full.Replace("\"preprocessing\": { \"width\"", "\"feeding\": { \"width\"", StringComparison.Ordinal);

        Assert.NotEqual(PipelineSamples.Full, earlier);
        Assert.Equal(Parse(PipelineSamples.Full).Backbone, Parse(earlier).Backbone);
        Assert.Contains("\"feeding\" is the earlier name of \"preprocessing\"", Refusal("""
            {"data":[{"path":"a"}],"backbone":{"model":"b.onnx","preprocessing":null,"feeding":null}}
            """), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\n  \"data\": [{ \"path\": \"a\" }],\n  \"bakbone\": {}\n}", "(3,3): \"bakbone\" is not a key of a pipeline; did you mean \"backbone\"?")]
    [InlineData(
        "{\"data\":[{\"path\":\"a\"}],\"split\":{\"vaildation\":0.1}}",
        "(1,33): \"vaildation\" is not a key of \"split\"; did you mean \"validation\"?")]
    [InlineData("{\"data\":[{\"path\":\"a\"}],\"reports\":{\"pdf\":true}}", "(1,35): \"pdf\" is not a key of \"reports\": it may be \"html\".")]
    [InlineData("{ /* 日本 */ \"data\": 7 }", "(1,20): \"data\" is a list in square brackets, not the number 7.")]
    [InlineData("{}", "(1,1): \"data\" is missing: it lists where the images are")]
    [InlineData("[]", "(1,1): a pipeline is an object in braces, not a list.")]
    [InlineData("{\"data\":[]}", "(1,9): \"data\" has 0 items; it is a list of 1 to 1000.")]
    [InlineData("{\"data\":[{\"path\":\"a\",\"part\":\"tset\"}]}", "(1,29): \"tset\" is no \"part\"; did you mean \"test\"?")]
    [InlineData("{\"data\":[{\"path\":\"a\\\\b\"}]}", "has a backslash: put / between folders")]
    [InlineData("{\"data\":[{\"path\":\"a\"},{\"path\":\"./a\"}]}", "(1,31): \"./a\" is listed twice")]
    [InlineData("{\"data\":[{\"path\":\"a\"}],\"seed\":1,\"seed\":2}", "(1,33): \"seed\" stands here a second time")]
    [InlineData("{\"data\":[{\"path\":\"a\"}],\"seed\":1.5}", "(1,31): \"seed\" is a whole number from -2147483648 to 2147483647, not the number 1.5.")]
    [InlineData("{\"data\":[{\"path\":\"a\"}],\"formatVersion\":2}", "this is format version 2, and this program knows 1")]
    [InlineData("{\"data\":[{\"path\":\"a\"}],\"split\":{\"test\":1}}", "\"test\" is a number from 0 to below 1, not the number 1.")]
    [InlineData("{\"data\":[{\"path\":\"a\"}],\"split\":{\"test\":0.5,\"validation\":0.5}}", "leave nothing to train on")]
    [InlineData("{\"data\":[{\"path\":\"a\"}],\"split\":{\"folds\":1}}", "one fold leaves nothing to train on")]
    [InlineData("{\"data\":[{\"path\":\"a\"}],\"split\":{\"nearCopies\":\"folder\"}}", "\"nearCopies\"")]
    [InlineData("{\"data\":[{\"path\":\"a\"}],\"augmentation\":{\"views\":2}}", "(1,48): \"views\" counts those of \"light\" and \"quality\"")]
    [InlineData("{\"data\":[{\"path\":\"a\"}],\"heads\":{\"try\":[\"lbfgs\",\"lbfgs\"]}}", "names a trainer twice")]
    [InlineData("{\"data\":[{\"path\":\"a\"}],\"heads\":{\"l2\":[0]}}", "\"l2\" is a number above 0 to 1000000, not the number 0.")]
    [InlineData("{\"data\":[{\"path\":\"a\"}],\"classWeights\":{\"a\":1,\"a\":2}}", "\"a\" stands here a second time")]
    [InlineData("{\"data\":[{\"path\":\"a\"}],\"classWeights\":\"weigths\"}", "did you mean \"weights\"?")]
    [InlineData("{\"data\":[{\"path\":\"a\"}],\"acceptance\":{\"level\":true}}", "\"level\" is a number above 0 to below 1, not true.")]
    [InlineData(
        "{\"data\":[{\"path\":\"a\"}],\"backbone\":{\"model\":\"b\",\"preprocessing\":{\"width\":8}}}",
        "\"height\" is missing: an ONNX file without a card needs")]
    [InlineData("{\"data\":[{\"path\":\"a\"}],\"registry\":\"x\",\"cache\":\"./x\"}", "the registry and the cache are the same folder")]
    [InlineData("{\"data\":[{\"path\":\"a\"}],\"registry\":\"a/models\"}", "(1,35): the registry \"a/models\" is inside the images \"a\"")]
    [InlineData("{\"data\":[{\"path\":\"a\"}],\"cache\":\"a\"}", "(1,32): the cache \"a\" is inside the images \"a\"")]
    [InlineData("{\"data\":[{\"path\":\"..\"}]}", "(1,9): the registry \"../artifacts/x\" is inside the images \"..\"")]
    [InlineData("{\"data\":[{\"path\":\"a\"}],\"registry\":\"r\",\"cache\":\"r/versions/c\"}", "(1,47): the cache is inside the versions of the registry")]
    [InlineData("{\"data\":[{\"path\":\"a\"}],\"classWeights\":{\"a\":1e-7}}", "\"a\" is a number from 1E-06 to 1000000, not the number ")]
    [InlineData("{\"data\":[{\"path\":\"a\"}]", "(1,23): this is not JSON: ")]
    [InlineData("{\"data\":[{\"path\":\"a\"}],\n \"seed\": tru }", "(2,13): this is not JSON: ")]
    [InlineData("", "(1,1): this is not JSON: ")]
    public void What_is_wrong_is_said_with_its_place_in_one_sentence(string json, string said)
    {
        string message = Refusal(json);

        Assert.StartsWith("pipelines/x.json(", message, StringComparison.Ordinal);
        Assert.Contains(said, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Theory]
    [InlineData("{\"data\":[{\"path\":\"set\"},{\"path\":\"alias\"}]}", "\"alias\" leads to the same place as \"set\": keep one of them")]
    [InlineData("{\"data\":[{\"path\":\"set\"}],\"registry\":\"alias/models\"}", "the registry \"alias/models\" is inside the images \"set\"")]
    [InlineData("{\"data\":[{\"path\":\"other\"}],\"registry\":\"set\",\"cache\":\"alias\"}", "the registry and the cache are the same folder")]
    public void A_folder_given_twice_through_a_link_is_refused_as_the_same_path_is(string json, string said)
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.At("set"));
        folder.LinkOrSkip("alias", "set");

        PipelineException refused = Assert.Throws<PipelineException>(() => PipelineFile.Parse(Encoding.UTF8.GetBytes(json), folder.Path, "x.json"));

        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_long_too_deep_and_not_text_are_refused()
    {
        byte[] latin = [.. "{\n\"data\":\""u8, 0xE9, .. "\"}"u8];

        Assert.Contains("1,048,576 bytes", Refusal(new string(' ', 1 << 20) + "{}"), StringComparison.Ordinal);
        Assert.Contains("depth", Refusal(new string('[', 1000)), StringComparison.Ordinal);
        Assert.Contains("half a surrogate pair", Refusal("""{"data":"\ud800"}"""), StringComparison.Ordinal);
        Assert.Contains("too large", Refusal("""{"seed":1e999}"""), StringComparison.Ordinal);
        PipelineException notUtf8 = Assert.Throws<PipelineException>(() => PipelineFile.Parse(latin, Folder, "x.json"));
        Assert.Contains("x.json(2,9): this is not UTF-8", notUtf8.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_missing_or_a_folder_is_named()
    {
        using TemporaryFolder folder = new();

        Assert.Contains("no.json", Assert.Throws<PipelineException>(() => PipelineFile.Read(folder.At("no.json"))).Message, StringComparison.Ordinal);
        Assert.Contains(folder.Path, Assert.Throws<PipelineException>(() => PipelineFile.Read(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_demo_set_has_its_pipeline_and_it_is_what_train_does_anyway()
    {
        TrainingSettings demo = PipelineFile.Read(Workspace.At("pipelines", "fasteners.json"));
        TrainingSettings plain = PipelineFile.Parse(
            """{"$schema":"pipeline.schema.json","data":[{"path":"../datasets/fasteners"}]}"""u8, Workspace.At("pipelines"), "fasteners.json");

        Assert.Equal(plain, demo);
        Assert.Equal(Workspace.At("datasets", "fasteners"), demo.Data[0].Path.Full);
    }

    [Fact]
    public void Images_given_by_the_caller_take_the_place_of_those_in_the_file()
    {
        TrainingSettings pipeline = PipelineFile.Parse("""{"data":[{"path":"a"}]}"""u8, Folder, "x.json", Path.Combine(Folder, "b"));

        Assert.Equal("b", Assert.Single(pipeline.Data).Path.Written);
    }
}
