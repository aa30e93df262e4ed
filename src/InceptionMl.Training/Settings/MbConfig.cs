using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Training;

/// <summary>
/// Reads the .mbconfig that ML.NET Model Builder keeps of an image classification: its folder of images, and of its settings those
/// that mean something here. Both its spellings are known: <c>"Type"</c>, and the older <c>"DataSourceType"</c> and the like.
/// </summary>
internal sealed partial class MbConfig(SourceText source, string folder, string name, string? images, ICollection<string> notes)
{
    // What Model Builder writes where no time was set: the milliseconds of an int, in seconds.
    private const double NoTimeLimit = 2_147_482;

    private readonly List<string> taken = [];
    private readonly List<string> ignored = [];
    private TrainingSettings settings = new();

    public static bool IsOne(LocatedValue root) => root.Kind == JsonValueKind.Object && root["Scenario"] is not null;

    /// <exception cref="PipelineException">Another scenario or data source, or a folder that is not here.</exception>
    public TrainingSettings ToSettings(LocatedValue root)
    {
        CheckScenario(root["Scenario"]!);
        LocatedValue data = root["DataSource"] ?? throw Wrong(root, "there is no \"DataSource\": choose the folder of images in Model Builder first");
        settings = new TrainingSettings
        {
            Data = [new DatasetSource(Images(data))],
            Registry = SettingsPath.FromFile("artifacts/" + name, folder),
            Cache = SettingsPath.FromFile("artifacts/cache", folder),
        };
        foreach (LocatedMember member in root.Members)
        {
            Setting(member);
        }

        foreach (string note in taken.Select(note => $"taken: {note}").Concat(ignored.Select(note => $"ignored: {note}")))
        {
            notes.Add(note);
        }

        return settings;
    }

    private void CheckScenario(LocatedValue scenario)
    {
        string? called = TypeOf(scenario, "ScenarioType");
        if (called != "ImageClassification")
        {
            string found = called is null ? "not named" : QuotedText.Quote(called);
            throw Wrong(scenario, $"the scenario is {found}, and only \"ImageClassification\" can be retrained here");
        }

        taken.Add("Scenario ImageClassification.");
    }

    private SettingsPath Images(LocatedValue data)
    {
        string? type = TypeOf(data, "DataSourceType");
        if (type != "Folder")
        {
            throw Wrong(data, $"the images come from {(type is null ? "a source without a type" : QuotedText.Quote(type))}, and only a \"Folder\" can be read here");
        }

        if (images is not null)
        {
            SettingsPath given = SettingsPath.RelativeTo(images, folder);
            taken.Add($"DataSource: the folder {given.Written}, given in place of the one in the file.");
            return given;
        }

        LocatedValue? path = data["FolderPath"] ?? data["LocalFolderPath"];
        if (path is not { Kind: JsonValueKind.String, Text.Length: > 0 })
        {
            throw Wrong(path ?? data, "\"FolderPath\" names no folder: choose the folder of images in Model Builder, or give it here");
        }

        string written = path.Text.Replace('\\', '/');
        if (SettingsPath.Problem(written) is { } problem)
        {
            throw Wrong(path, $"the path {QuotedText.Quote(path.Text)} {problem}");
        }

        SettingsPath found = SettingsPath.FromFile(written, folder);
        if ((!OperatingSystem.IsWindows() && DriveOrShare().IsMatch(written)) || !Directory.Exists(found.Full))
        {
            throw Wrong(path, $"the folder of images {QuotedText.Quote(path.Text)} is not on this machine: give the folder that holds them here");
        }

        taken.Add($"DataSource: the folder {QuotedText.Quote(path.Text)}.");
        return found;
    }

    private void Setting(LocatedMember member)
    {
        switch (member.Name)
        {
            case "Scenario" or "DataSource" or "Type" or "Version" or "TrainingConfigurationVersion":
                break;
            case "TrainingTime":
                Time(member.Value);
                break;
            case "TrainingOption" when member.Value.Kind == JsonValueKind.Object:
                foreach (LocatedMember option in member.Value.Members)
                {
                    Option(option);
                }

                break;
            case "Environment":
                string environment = TypeOf(member.Value, "EnvironmentType") ?? "not named";
                ignored.Add($"Environment {QuotedText.Quote(environment)}: training here needs no set-up and runs on the processor.");
                break;
            case "RunHistory":
                ignored.Add("RunHistory: its trials are of another network and another trainer, so their scores say nothing about this one.");
                break;
            default:
                ignored.Add($"{QuotedText.Quote(member.Name)}: nothing here depends on it.");
                break;
        }
    }

    private void Option(LocatedMember option)
    {
        switch (option.Name)
        {
            case "Type" or "Version":
                break;
            case "TrainingTime":
                Time(option.Value);
                break;
            case "Seed" when Whole(option.Value, int.MinValue, int.MaxValue) is { } seed:
                settings = settings with { Seed = seed };
                taken.Add(Invariant($"TrainingOption.Seed {settings.Seed}, as the seed."));
                break;
            case "ValidationOption" when option.Value.Kind == JsonValueKind.Object:
                Validation(option.Value);
                break;
            default:
                ignored.Add($"TrainingOption.{QuotedText.Shorten(option.Name)}: nothing here depends on it.");
                break;
        }
    }

    private void Time(LocatedValue time)
    {
        if (time is { Kind: JsonValueKind.Number, Number: > 0 and < NoTimeLimit and <= HeadSettings.LongestTimeBudget })
        {
            settings = settings with { Heads = settings.Heads with { TimeBudgetSeconds = time.Number } };
            taken.Add(Invariant($"TrainingTime {time.Number} s, as the time budget of the head's search."));
        }
        else
        {
            ignored.Add("TrainingTime: it sets no limit, and there is none here either.");
        }
    }

    private void Validation(LocatedValue option)
    {
        if (Whole(option["NumberOfFolds"], 2, SplitSettings.MaxFolds) is { } folds)
        {
            settings = settings with { Split = settings.Split with { Folds = folds } };
            taken.Add(Invariant($"ValidationOption: {folds} folds, by which the head is chosen; test images are kept aside besides."));
        }
        else if (option["SplitRatio"] is { Kind: JsonValueKind.Number, Number: > 0 } ratio && ratio.Number + settings.Split.Test < 1)
        {
            settings = settings with { Split = settings.Split with { Validation = ratio.Number } };
            taken.Add(Invariant($"ValidationOption: {ratio.Number} of each class for validation; test images are kept aside besides."));
        }
        else
        {
            ignored.Add("ValidationOption: a tenth of each class is for validation and a tenth for the test.");
        }
    }

    // "ImageClassification", { "Type": ".." }, or { "ScenarioType": ".." } of the first versions.
    private static string? TypeOf(LocatedValue value, string older) => value.Kind == JsonValueKind.String
        ? value.Text
        : (value["Type"] ?? value[older]) is { Kind: JsonValueKind.String } type ? type.Text : null;

    private static int? Whole(LocatedValue? value, int low, int high) =>
        value is { Kind: JsonValueKind.Number } && double.IsInteger(value.Number) && value.Number >= low && value.Number <= high ? (int)value.Number : null;

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private PipelineException Wrong(LocatedValue value, string what) => source.Wrong(value.Offset, what);

    [GeneratedRegex("^([A-Za-z]:|//)")]
    private static partial Regex DriveOrShare();
}
