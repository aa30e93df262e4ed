using InceptionMl.Internal;
using InceptionMl.Networks;
using InceptionMl.Networks.Onnx.Editing;

namespace InceptionMl.Backbones;

/// <summary>A backbone cannot be used; the message is one sentence that names it and says what to do.</summary>
public sealed class BackboneException : InceptionMlException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">One whole sentence.</param>
    /// <param name="innerException">The exception that caused this one, or null.</param>
    public BackboneException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Gets what a program can do about it.</summary>
    /// <value>The default is <see cref="BackboneErrorReason.Unusable"/>.</value>
    public BackboneErrorReason Reason { get; init; }

    /// <summary>Gets the published file that helps, by its name in the catalog.</summary>
    /// <value>The default is null: none does.</value>
    public string? PublishedName { get; init; }

    /// <summary>Creates the exception that refuses what a message is about.</summary>
    /// <param name="subject">What the message is about.</param>
    /// <param name="problem">What follows its name.</param>
    /// <param name="innerException">What caused it, if anything did.</param>
    /// <param name="reason">What a program can tell it by.</param>
    internal static BackboneException Create(
        Subject subject, string problem, Exception? innerException = null, BackboneErrorReason reason = BackboneErrorReason.Unusable) =>
        new($"{subject.Name} {problem}", innerException) { Reason = reason, Path = subject.Path };

    /// <summary>Creates the exception for a network that was refused by a message that names it.</summary>
    /// <param name="exception">What refused it.</param>
    /// <param name="path">The network's file, if there is one.</param>
    internal static BackboneException From(NetworkException exception, string? path) => new(exception.Message, exception)
    {
        Reason = exception is OnnxFormatException { Reason: OnnxErrorReason.NoFeatures } ? BackboneErrorReason.NoFeatures : BackboneErrorReason.Unusable,
        Path = path,
    };
}

/// <summary>Why a backbone cannot be used.</summary>
public enum BackboneErrorReason
{
    /// <summary>The message says all there is to say.</summary>
    Unusable,

    /// <summary>No file, and no backbone of the store or the catalog, has this name.</summary>
    NotFound,

    /// <summary>A published file did not come from its address; a copy that was fetched by hand can take its place.</summary>
    NotFetched,

    /// <summary>The backbone, or a file it needs, is published and not in the store yet: <see cref="BackboneException.PublishedName"/> can be pulled.</summary>
    NotPulled,

    /// <summary>Nothing says how images are prepared for the network; see <see cref="BackbonePreprocessing"/>.</summary>
    NoPreprocessing,

    /// <summary>The name stands for another backbone; see <see cref="Importing.BackboneImportOptions.Name"/>.</summary>
    NameTaken,

    /// <summary>Nothing says which tensor holds the features; see <see cref="Importing.BackboneImportOptions.FeaturesTensor"/>.</summary>
    NoFeatures,

    /// <summary>The backbone has no classifier: another one has.</summary>
    NoClassifier,

    /// <summary>The names of the classes are missing, or are not as many as the classes.</summary>
    ClassNames,
}
