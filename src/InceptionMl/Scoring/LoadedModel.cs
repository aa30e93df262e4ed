using System.Security.Cryptography;
using InceptionMl.Drift.Internal;
using InceptionMl.Images;
using InceptionMl.Images.Internal;
using InceptionMl.Inference.Internal;
using InceptionMl.Internal;
using InceptionMl.Models;
using InceptionMl.Models.Internal;
using InceptionMl.Scoring.Explanations;
using InceptionMl.Scoring.Internal;

namespace InceptionMl.Scoring;

/// <summary>A model in memory and the way of one image through it. Scorers share it; its network lives as long as one of them.</summary>
internal sealed class LoadedModel
{
    private const int CallsUntilOptimized = 32;

    private readonly ImagePreparer preparer;
    private readonly TimeProvider time;
    private readonly TimeSpan? deadline;
    private readonly IFeatureCache? cache;
    private readonly string space;

    private LoadedModel(ModelPackage package, FeatureNetwork network, ImageScorerOptions options, TimeProvider time, string? version, Subject subject)
    {
        Card = package.Card;
        Head = package.Head;
        Rule = new AnswerRule(new LabelIndex([.. package.Card.Classes]), options.TopK, options.AbstainBelow, version, subject, (float?)package.Card.Unknown?.Distance);
        Rule = Rule with { Sets = SetsFor(options.Coverage ?? package.Card.Sets?.Coverage, package, subject) };
        Bank = package.Bank;
        Workers = options.Workers == 0 ? Environment.ProcessorCount : options.Workers;
        Network = new SharedNetwork(network, options.Limits, Math.Max(Workers, Environment.ProcessorCount));
        preparer = new ImagePreparer(
            new ImagePreprocessing(network.Width, network.Height) { Mode = Card.Preprocessing.Mode }, options.Limits);
        this.time = time;
        deadline = options.Deadline;
        cache = options.ConfigureSession is null ? options.FeatureCache : null;
        Statistics = options.KeepStatistics ? new ScoringStatistics(ScoringStatistics.Identify(Card.Network.Sha256, Card.Classes, Head), Head.Width, Head.Classes) : null;
        space = FeatureSpace.Create(Card.Network.Sha256.ToLowerInvariant(), preparer.Preprocessing, FeatureSpace.PlainView);
    }

    public ModelCard Card { get; }

    public LinearHead Head { get; }

    public AnswerRule Rule { get; }

    public FeatureBank? Bank { get; }

    public int Workers { get; }

    public SharedNetwork Network { get; }

    /// <summary>Gets the statistics of what is scored; null where none are kept.</summary>
    public ScoringStatistics? Statistics { get; }

    /// <param name="package">What the zip holds.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <param name="time">The clock that the deadline goes by; null for the system's.</param>
    /// <param name="version">The name that answers give; null if it has none.</param>
    /// <param name="subject">What a message about the model begins with once it is open.</param>
    /// <exception cref="ModelFormatException">The network cannot be used, or is not the card's.</exception>
    public static LoadedModel Open(ModelPackage package, ImageScorerOptions? options, TimeProvider? time, string? version, Subject subject)
    {
        options = OptionsCheck.Validated(options);
        FeatureNetwork network = FeatureNetwork.Open(package.Network, subject, package.Head.Width, options.ConfigureSession, sources: package.Card.Backbone.Outputs.Features.Sources);
        ModelPreprocessing preprocessing = package.Card.Preprocessing;
        if (preprocessing.Version != ImagePreprocessing.Version || preprocessing.Width != network.Width || preprocessing.Height != network.Height)
        {
            network.Dispose();
            throw subject.Refuse("holds a model card whose preprocessing is not the network's, or of another version: train the model again");
        }

        return new LoadedModel(package, network, options, time ?? TimeProvider.System, version, subject);
    }

    /// <exception cref="ImageRefusedException">The image cannot be read.</exception>
    /// <exception cref="TimeoutException">The deadline passed.</exception>
    /// <exception cref="ModelFormatException">The network fails, or gives no numbers; the message is a sentence.</exception>
    public ScoredImage Score(ImageSource source, CancellationToken cancellationToken) => Score(source, StartDeadline(), cancellationToken);

    /// <inheritdoc cref="Score(ImageSource, CancellationToken)"/>
    public ScoredImage Score(Stream image, CancellationToken cancellationToken)
    {
        ScoringDeadline late = StartDeadline();
        return Use(room => Score(room, room.File.Read(image, image: null, late, cancellationToken), late, subject: null, cancellationToken));
    }

    /// <inheritdoc cref="Score(ImageSource, CancellationToken)"/>
    public async Task<ScoredImage> ScoreAsync(ImageSource source, CancellationToken cancellationToken)
    {
        ScoringDeadline late = StartDeadline();
        if (source.Error is not null)
        {
            throw new ImageRefusedException(source.Error, source.Subject) { Reason = ImageRefusal.Unreadable };
        }

        ImageSource loaded = await source.LoadAsync(preparer.Limits.MaxFileBytes, late, cancellationToken).ConfigureAwait(false);
        return await Task.Run(() => Score(loaded, late, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Scores an image, or says what is wrong with it.</summary>
    /// <exception cref="ModelFormatException">The network fails, or gives no numbers: that is no fault of the image.</exception>
    public async ValueTask<ScoringResult> ScoreOrReportAsync(ImageSource source, CancellationToken cancellationToken)
    {
        if (source.Error is not null)
        {
            return Failed(source.Error);
        }

        ScoringDeadline late = StartDeadline();
        try
        {
            ImageSource loaded = await source.LoadAsync(preparer.Limits.MaxFileBytes, late, cancellationToken).ConfigureAwait(false);
            return new ScoringResult(source.Name, Score(loaded, late, cancellationToken), Error: null) { Source = source, ModelVersion = Rule.ModelVersion };
        }
        catch (ImageRefusedException exception)
        {
            return Failed(exception.Description);
        }
        catch (TimeoutException)
        {
            return Failed(late.Description);
        }

        ScoringResult Failed(string error) => new(source.Name, Image: null, error) { Source = source, ModelVersion = Rule.ModelVersion };
    }

    /// <summary>Takes an encoded image of our own through every step, however long that takes; the limits are for those of others.</summary>
    public ScoredImage WarmUp(ReadOnlyMemory<byte> image, CancellationToken cancellationToken) => Use(room =>
    {
        ImagePreparer unlimited = new(preparer.Preprocessing);

        // The runtime compiles a method anew, and well, once it was called thirty times; the network's own kernels need no such thing.
        for (int call = 0; call < CallsUntilOptimized; call++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            unlimited.Prepare(image, room.Buffers.Rgb);
            ImagePreparer.ToPlanar(room.Buffers.Rgb, room.Buffers.Planes);
        }

        return Score(unlimited, room, image, ScoringDeadline.None, subject: null, cancellationToken);
    });

    /// <summary>Explains what <paramref name="read"/> gives; a null label is the most probable one.</summary>
    /// <exception cref="ImageRefusedException">The image cannot be read.</exception>
    /// <exception cref="UnknownLabelException">The model does not know the label.</exception>
    public ImageExplanation Explain(Func<ImageFileBuffer, ReadOnlyMemory<byte>> read, Subject? subject, string? label, CancellationToken cancellationToken) => Use(room =>
    {
        int? wanted = label is null ? null : Rule.Labels.Require(label);
        ReadOnlyMemory<byte> encoded = read(room.File);
        ScoredImage answer = Score(preparer, room, encoded, ScoringDeadline.None, subject, cancellationToken);
        VisibleRegion picture = VisibleRegion.Create(ImageHeader.ReadSize(encoded.Span), preparer.Preprocessing, Card.Backbone.Input);
        return new Explainer(Network.Network, this).Explain(room.Buffers, wanted ?? Rule.Labels.Find(answer.Label), picture, cancellationToken);
    });

    private ScoredImage Score(ImageSource source, ScoringDeadline late, CancellationToken cancellationToken) => Use(room =>
        Score(room, room.File.Read(source, late, cancellationToken), late, source.Subject, cancellationToken));

    private ScoredImage Score(InferenceBuffers room, ReadOnlyMemory<byte> encoded, ScoringDeadline late, Subject? subject, CancellationToken cancellationToken) =>
        cache is null
            ? Score(preparer, room, encoded, late, subject, cancellationToken, isCounted: true)
            : Score(cache, room, encoded, late, subject, cancellationToken);

    private ScoredImage Score(
        ImagePreparer images,
        InferenceBuffers room,
        ReadOnlyMemory<byte> encoded,
        ScoringDeadline late,
        Subject? subject,
        CancellationToken cancellationToken,
        bool isCounted = false)
    {
        cancellationToken.ThrowIfCancellationRequested();
        late.ThrowIfPassed(subject);
        images.Prepare(encoded, room.Buffers.Rgb, subject);
        cancellationToken.ThrowIfCancellationRequested();
        late.ThrowIfPassed(subject);
        ImagePreparer.ToPlanar(room.Buffers.Rgb, room.Buffers.Planes);
        Network.Network.Run(room.Buffers);
        return Answer(room.Buffers.Features, isCounted);
    }

    private ScoredImage Score(
        IFeatureCache kept, InferenceBuffers room, ReadOnlyMemory<byte> encoded, ScoringDeadline late, Subject? subject, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        late.ThrowIfPassed(subject);
        byte[] image = SHA256.HashData(encoded.Span);
        float[] features = new float[Head.Width];
        if (kept.TryGet(space, image, features))
        {
            return Answer(features, isCounted: true);
        }

        ScoredImage answer = Score(preparer, room, encoded, late, subject, cancellationToken, isCounted: true);
        kept.Put(space, image, room.Buffers.Features);
        return answer;
    }

    private ScoredImage Answer(ReadOnlySpan<float> features, bool isCounted)
    {
        float[] probabilities = new float[Head.Classes];
        Head.Probabilities(features, probabilities, Card.Temperature);
        ScoredImage answer = Rule.Answer(probabilities, Bank is null ? 0 : Bank.Distance(Bank.Project(features)));
        if (isCounted)
        {
            Statistics?.Add(features, Rule.Labels.Find(answer.Label), answer.Probability, isUnknown: answer.Outcome == ScoringOutcome.Unknown);
        }

        return answer;
    }

    private static (ConformalScores Scores, float[] Limits)? SetsFor(double? coverage, ModelPackage package, Subject subject) => coverage is not { } wanted ? null
        : package.Scores is { } scores ? (scores, scores.Limits(wanted, package.Head.Classes))
        : throw subject.Refuse("holds nothing that sets of labels could follow from: train it again, or ask for none");

    private T Use<T>(Func<InferenceBuffers, T> work)
    {
        InferenceBuffers room = Network.Enter();
        try
        {
            return work(room);
        }
        finally
        {
            Network.Leave(room);
        }
    }

    private ScoringDeadline StartDeadline() => ScoringDeadline.Start(time, deadline);
}
