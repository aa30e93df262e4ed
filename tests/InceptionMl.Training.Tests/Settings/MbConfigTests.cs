using System.Text;
using InceptionMl.TestSupport;

namespace InceptionMl.Training.Tests.Settings;

public sealed class MbConfigTests
{
    internal static string Current(string images) => $$"""
        {
          "Scenario": "ImageClassification",
          "DataSource": { "Type": "Folder", "Version": 1, "FolderPath": "{{images.Replace("\\", "\\\\", StringComparison.Ordinal)}}" },
          "Environment": { "Type": "LocalGPU", "Version": 1 },
          "RunHistory": { "Version": 3, "Type": "Result", "Trials": [{ "TrainerName": "ImageClassificationMulti", "Score": 0.98 }] },
          "Type": "TrainingConfig",
          "Version": 5,
          "TrainingOption": {
            "Version": 2,
            "Type": "ClassificationTrainingOption",
            "TrainingTime": 600,
            "LabelColumn": "Label",
            "Seed": 7,
            "ValidationOption": { "Version": 0, "Type": "TrainValidateSplitValidationOption", "SplitRatio": 0.2 }
          }
        }
        """;

    private static string First(string scenario, string source, string images) => $$"""
        {
          "TrainingConfigurationVersion": 0,
          "TrainingTime": 2147482,
          "Scenario": { "ScenarioType": "{{scenario}}" },
          "DataSource": { "DataSourceType": "{{source}}", "FolderPath": "{{images}}" },
          "Environment": { "EnvironmentType": "LocalCPU" },
          "Odd": 1
        }
        """;

    private static TrainingSettings Parse(string json, string folder, string? images = null, ICollection<string>? notes = null) =>
        PipelineFile.Parse(Encoding.UTF8.GetBytes(json), folder, "shop/MLModel.mbconfig", images, notes);

    private static string Refusal(string json, string folder) => Assert.Throws<PipelineException>(() => Parse(json, folder)).Message;

    [Fact]
    public void A_current_one_gives_its_folder_time_seed_and_split_and_says_what_it_ignored()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.At("pictures", "all"));

        List<string> notes = [];
        TrainingSettings pipeline = Parse(Current("pictures\\all"), folder.Path, notes: notes);

        Assert.Equal(folder.At("pictures", "all"), Assert.Single(pipeline.Data).Path.Full);
        Assert.Equal((7, 0.2, 600.0), (pipeline.Seed, pipeline.Split.Validation, pipeline.Heads.TimeBudgetSeconds));
        Assert.Equal((folder.At("artifacts", "MLModel"), folder.At("artifacts", "cache")), (pipeline.Registry!.Full, pipeline.Cache!.Full));
        Assert.Equal(["Scenario", "DataSource", "TrainingTime", "TrainingOption", "ValidationOption"], notes.Where(note => note.StartsWith("taken: ", StringComparison.Ordinal)).Select(FirstWord));
        Assert.Equal(["Environment", "RunHistory", "TrainingOption"], notes.Where(note => note.StartsWith("ignored: ", StringComparison.Ordinal)).Select(FirstWord));
    }

    [Fact]
    public void One_of_the_first_versions_is_read_too_and_a_time_that_is_no_limit_is_ignored()
    {
        using TemporaryFolder folder = new();

        List<string> notes = [];
        TrainingSettings pipeline = Parse(First("ImageClassification", "Folder", "."), folder.Path, notes: notes);

        Assert.Equal(folder.Path, Assert.Single(pipeline.Data).Path.Full);
        Assert.Null(pipeline.Heads.TimeBudgetSeconds);
        Assert.Contains(notes, note => note.StartsWith("ignored: TrainingTime", StringComparison.Ordinal));
        Assert.Contains(notes, note => note.StartsWith("ignored: \"Odd\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Cross_validation_gives_folds()
    {
        using TemporaryFolder folder = new();
        string json = Current(".").Replace("\"SplitRatio\": 0.2", "\"NumberOfFolds\": 5", StringComparison.Ordinal);

        Assert.Equal(5, Parse(json, folder.Path).Split.Folds);
    }

    [Fact]
    public void Another_scenario_another_source_and_none_are_one_sentence_each()
    {
        Assert.Contains(
            "MLModel.mbconfig(4,15): the scenario is \"ObjectDetection\"", Refusal(First("ObjectDetection", "Folder", "."), "/"), StringComparison.Ordinal);
        Assert.Contains("(5,17): the images come from \"Vott\"", Refusal(First("ImageClassification", "Vott", "."), "/"), StringComparison.Ordinal);
        Assert.Contains("there is no \"DataSource\"", Refusal("""{"Scenario":"ImageClassification"}""", "/"), StringComparison.Ordinal);
        Assert.Contains("the scenario is not named", Refusal("""{"Scenario":null}""", "/"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_of_another_machine_is_named_and_may_be_given()
    {
        using TemporaryFolder folder = new();
        string json = Current("C:\\Users\\anna\\flowers");

        Assert.Contains("\"C:\\Users\\anna\\flowers\" is not on this machine: give the folder", Refusal(json, folder.Path), StringComparison.Ordinal);
        TrainingSettings pipeline = Parse(json, folder.Path, folder.At("flowers"));

        Assert.Equal(folder.At("flowers"), Assert.Single(pipeline.Data).Path.Full);
    }

    [Fact]
    public void It_can_be_written_as_a_pipeline()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.At("images"));
        TrainingSettings pipeline = Parse(Current("images"), folder.Path);

        PipelineFile.Write(pipeline, folder.At("MLModel.json"));

        Assert.Equal(pipeline, PipelineFile.Read(folder.At("MLModel.json")));
    }

    private static string FirstWord(string note) => note.Split(' ', ':', '.')[2];
}
