using System.ComponentModel.DataAnnotations;
using InceptionMl.Images;
using Microsoft.ML.OnnxRuntime;

namespace InceptionMl.Scoring;

/// <summary>Options of an <see cref="ImageScorer"/>, which are checked and read once, when it is opened.</summary>
/// <example><code>
/// using ImageScorer scorer = ImageScorer.Open("model.zip", new ImageScorerOptions { TopK = 3, AbstainBelow = 0.5f });
/// </code></example>
public sealed class ImageScorerOptions
{
    /// <summary>
    /// Gets or sets how many images a batch or a stream works on at once; 0 to 1,024. Each is a run of the network of its own, so that its bits depend on
    /// nothing but the image: putting several into one run gains nothing on processors, and there is no batch size to set.
    /// </summary>
    /// <value>The default is 0: one per processor.</value>
    [Range(0, 1024)]
    public int Workers { get; set; }

    /// <summary>Gets or sets how many labels <see cref="ScoredImage.Scores"/> holds, the most probable ones; at least 1.</summary>
    /// <value>The default is null: every label.</value>
    [Range(1, int.MaxValue)]
    public int? TopK { get; set; }

    /// <summary>
    /// Gets or sets the probability, 0 to 1, below which the best label is not good enough: <see cref="ScoredImage.Outcome"/> is then
    /// <see cref="ScoringOutcome.Uncertain"/>. The label is given all the same.
    /// </summary>
    /// <value>The default is null: every answer is accepted.</value>
    [Range(0f, 1f)]
    public float? AbstainBelow { get; set; }

    /// <summary>
    /// Gets or sets the share of images, above 0, below 1, whose <see cref="ScoredImage.Set"/> is to hold the true label. The model must hold what that takes;
    /// versions before sets did not write it.
    /// </summary>
    /// <value>The default is null: as the model's card says, which may be none.</value>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double? Coverage { get; set; }

    /// <summary>
    /// Gets or sets the time from an image's turn to its answer, above zero. It is asked between the steps (read, decode, run the network) and
    /// between the reads of a stream, so a step or a read under way is finished. A late image of a batch becomes a result with an error; a
    /// single one a <see cref="TimeoutException"/>.
    /// </summary>
    /// <value>The default is null: as long as it takes.</value>
    [Range(typeof(TimeSpan), "00:00:00.0000001", "10675199.02:48:05.4775807", ParseLimitsInInvariantCulture = true)]
    public TimeSpan? Deadline { get; set; }

    /// <summary>Gets or sets the limits that an image is held against before it is decoded.</summary>
    /// <value>The default is 100 megapixels.</value>
    [Required]
    public ImageLimits Limits { get; set; } = new();

    /// <summary>
    /// Gets or sets a function that is called with the session's options before the network is loaded: use it to append an execution provider (CUDA, DirectML,
    /// CoreML) whose package the application references.
    /// </summary>
    /// <value>The default is null: ONNX Runtime's processor kernels, one thread per image.</value>
    public Action<SessionOptions>? ConfigureSession { get; set; }

    /// <summary>
    /// Gets or sets where the features of images are kept, so that the network need not run again for an image that it has seen. The caller disposes it
    /// after the scorer. It is not used where <see cref="ConfigureSession"/> is set, since other kernels give slightly other features.
    /// </summary>
    /// <value>The default is null: none are kept.</value>
    public IFeatureCache? FeatureCache { get; set; }

    /// <summary>
    /// Gets or sets a value that indicates whether statistics of the images that are scored are kept, which tell later whether they were like those of the
    /// training; see <see cref="ImageScorer.WriteStatistics"/>. They hold no image, and their size does not grow.
    /// </summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool KeepStatistics { get; set; }
}
