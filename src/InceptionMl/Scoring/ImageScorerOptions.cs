using InceptionMl.Images;
using Microsoft.ML.OnnxRuntime;

namespace InceptionMl.Scoring;

/// <summary>Settings of an <see cref="ImageScorer"/>; read once, when it is opened.</summary>
public sealed class ImageScorerOptions
{
    private const int MostWorkers = 1024;

    private int workers;
    private int? topK;
    private float? abstainBelow;
    private TimeSpan? deadline;
    private ImageLimits limits = new();
    private TimeProvider time = TimeProvider.System;

    /// <summary>
    /// Gets or sets how many images a batch or a stream works on at once; 0 to 1,024. Each is a run of the network of its own, so that its bits depend on
    /// nothing but the image: putting several into one run gains nothing on processors, and there is no batch size to set.
    /// </summary>
    /// <value>The default is 0: one per processor.</value>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public int Workers
    {
        get => workers;
        set => workers = value is >= 0 and <= MostWorkers
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Workers), value, $"Workers is 0 to {MostWorkers}.");
    }

    /// <summary>Gets or sets how many labels <see cref="ScoredImage.Scores"/> holds, the most probable ones; at least 1.</summary>
    /// <value>The default is null: every label.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int? TopK
    {
        get => topK;
        set => topK = value is null or >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(TopK), value, "TopK is 1 or more.");
    }

    /// <summary>
    /// Gets or sets the probability, 0 to 1, below which the best label is not good enough: <see cref="ScoredImage.Outcome"/> is then
    /// <see cref="ScoringOutcome.Uncertain"/>. The label is given all the same.
    /// </summary>
    /// <value>The default is null: every answer is accepted.</value>
    /// <exception cref="ArgumentOutOfRangeException">Not a number from 0 to 1.</exception>
    public float? AbstainBelow
    {
        get => abstainBelow;
        set => abstainBelow = value is null or (>= 0 and <= 1)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(AbstainBelow), value, "AbstainBelow is a probability, 0 to 1.");
    }

    /// <summary>
    /// Gets or sets the time from an image's turn to its answer, above zero. It is asked between the steps (read, decode, run the network) and
    /// between the reads of a stream, so a step or a read under way is finished. A late image of a batch becomes a result with an error; a
    /// single one a <see cref="TimeoutException"/>.
    /// </summary>
    /// <value>The default is null: as long as it takes.</value>
    /// <exception cref="ArgumentOutOfRangeException">Zero or less.</exception>
    public TimeSpan? Deadline
    {
        get => deadline;
        set => deadline = value is null || value > TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Deadline), value, "Deadline is above zero.");
    }

    /// <summary>Gets or sets the limits that an image is held against before it is decoded.</summary>
    /// <value>The default is 100 megapixels.</value>
    /// <exception cref="ArgumentNullException">Null.</exception>
    public ImageLimits Limits
    {
        get => limits;
        set => limits = value ?? throw new ArgumentNullException(nameof(Limits), "Limits is not null: leave it as it is for the default.");
    }

    /// <summary>Gets or sets the clock that the deadline goes by.</summary>
    /// <value>The default is the system's.</value>
    /// <exception cref="ArgumentNullException">Null.</exception>
    public TimeProvider Time
    {
        get => time;
        set => time = value ?? throw new ArgumentNullException(nameof(Time), "Time is not null: leave it as it is for the system's clock.");
    }

    /// <summary>
    /// Gets or sets a function that is called with the session's options before the network is loaded: use it to append an execution provider (CUDA, DirectML,
    /// CoreML) whose package the application references.
    /// </summary>
    /// <value>The default is null: ONNX Runtime's processor kernels, one thread per image.</value>
    public Action<SessionOptions>? ConfigureSession { get; set; }
}
