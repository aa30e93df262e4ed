using System.CommandLine;
using InceptionMl.Models.Registry;
using InceptionMl.Training.Versions.Internal;

namespace InceptionMl.Cli;

/// <summary><c>models compare REGISTRY A B</c></summary>
internal static class ModelsCompareVerb
{
    public static Command Create(CommandContext context)
    {
        Argument<string> registry = RegistryArguments.Registry();
        Argument<string> first = RegistryArguments.Version("before", "The version to compare with, such as 0001.");
        Argument<string> second = RegistryArguments.Version("after", "The version to compare, such as 0002.");
        Option<bool> json = CommonOptions.Json();
        Option<string> format = CommonOptions.Format();
        Command verb = new("compare", "Compare two versions: their figures, and their images one by one.") { registry, first, second, json, format };
        verb.SetAction(async (parsed, _) =>
        {
            ModelRegistry opened = RegistryArguments.Open(parsed.GetRequiredValue(registry));
            ModelVersion before = opened.Show(RegistryArguments.Name(opened, parsed.GetRequiredValue(first)));
            ModelVersion after = opened.Show(RegistryArguments.Name(opened, parsed.GetRequiredValue(second)));
            DataComparison images = DataComparison.Create(before, after);
            if (CommonOptions.IsJson(parsed, json, format))
            {
                await context.Output.WriteLineAsync(ComparisonReport.ToJson(before, after, images));
            }
            else
            {
                ComparisonReport.Write(context, before, after, images);
            }

            return ExitStatus.Done;
        });
        return verb;
    }
}
