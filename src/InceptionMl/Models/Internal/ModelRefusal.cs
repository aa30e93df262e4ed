using InceptionMl.Internal;

namespace InceptionMl.Models.Internal;

/// <summary>Refuses models and cards.</summary>
public static class ModelRefusal
{
    /// <summary>Creates the exception that refuses a model or a card.</summary>
    /// <param name="subject">What the message is about.</param>
    /// <param name="problem">What follows the subject's name.</param>
    /// <param name="reason">What a program can tell it by.</param>
    /// <param name="innerException">What caused it, if anything did.</param>
    public static ModelFormatException Refuse(
        this Subject subject, string problem, ModelErrorReason reason = ModelErrorReason.NotAModel, Exception? innerException = null) =>
        new($"{subject.Name} {problem}", innerException) { Reason = reason, Path = subject.Path };
}
