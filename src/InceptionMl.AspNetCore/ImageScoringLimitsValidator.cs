using Microsoft.Extensions.Options;

namespace InceptionMl.AspNetCore;

/// <summary>What several settings of <see cref="ImageScoringOptions"/> must be together.</summary>
internal sealed class ImageScoringLimitsValidator : IValidateOptions<ImageScoringOptions>
{
    public ValidateOptionsResult Validate(string? name, ImageScoringOptions options)
    {
        string[] failures =
        [
            .. Check(options.Sources > 0, $"The scorer '{name}' has no model: call FromFile or FromRegistry in AddImageScorer, or set Path or Registry in its configuration."),
            .. Check(options.Sources < 2, $"The scorer '{name}' is given more than one model: set Path or Registry, in code or in its configuration, and not both."),
            .. Check(options.QueueLength >= options.MaxImages, $"{name}.QueueLength is less than MaxImages: no full request could be answered."),
            .. Check(options.MaxHeldBytes >= options.MaxRequestBytes, $"{name}.MaxHeldBytes is less than MaxRequestBytes: no full request could be read."),
            .. Check(options.MaxRequestBytes >= options.MaxImageBytes, $"{name}.MaxRequestBytes is less than MaxImageBytes: no full image could be sent."),
        ];
        return failures.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Check(bool holds, string otherwise) => holds ? [] : [otherwise];
}
