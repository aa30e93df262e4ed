using Microsoft.Extensions.Options;

namespace InceptionMl.AspNetCore;

/// <summary>The ranges that <see cref="ImageScoringOptions"/> states.</summary>
[OptionsValidator]
internal sealed partial class ImageScoringOptionsValidator : IValidateOptions<ImageScoringOptions>;
