namespace InceptionMl.Training.Pipelines;

/// <summary>How an ONNX file without a card is fed: prepared = (value in 0..255 - offset) * scale.</summary>
public sealed record PipelinePreprocessing
{
    /// <summary>Input width, 8 to 8192 pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Input height, 8 to 8192 pixels.</summary>
    public required int Height { get; init; }

    /// <summary>Subtracted from each channel; three numbers.</summary>
    public required ValueList<double> Offset { get; init; }

    /// <summary>Multiplied after the offset; three numbers.</summary>
    public required ValueList<double> Scale { get; init; }

    /// <summary><c>RGB</c> or <c>BGR</c>.</summary>
    public required string Channels { get; init; }
}
