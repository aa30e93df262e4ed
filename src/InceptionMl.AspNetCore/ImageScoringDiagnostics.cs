namespace InceptionMl.AspNetCore;

/// <summary>The name under which scoring is measured and traced.</summary>
public static class ImageScoringDiagnostics
{
    /// <summary>
    /// Name of the meter and of the activity source, as OpenTelemetry's <c>AddMeter</c> and <c>AddSource</c> take it. The instruments are
    /// inceptionml.scoring.images, .duration, .wait, .queue, .request.images and .rejected.
    /// </summary>
    public const string Name = "InceptionMl.AspNetCore";
}
