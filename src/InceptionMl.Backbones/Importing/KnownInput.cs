using InceptionMl.Internal;
using InceptionMl.Models;
using InceptionMl.Models.Internal;

namespace InceptionMl.Backbones.Importing;

/// <summary>How images are prepared for a network, and where that is known from.</summary>
internal sealed record KnownInput(BackboneInput Input, string Source)
{
    /// <summary>Name of the image in every file that is written here.</summary>
    public const string Tensor = "image";

    /// <summary>Gets a value that indicates whether it is only what is usual for files of this kind.</summary>
    public bool IsAssumed { get; private init; }

    /// <summary>What is known before the file is read: what the caller says, or else what is published of the file.</summary>
    public static KnownInput? Create(BackbonePreprocessing? preprocessing, CatalogEntry? entry) =>
        preprocessing is not null ? new KnownInput(preprocessing.Input(Tensor), "as given")
        : entry?.Input(Tensor) is { } published ? new KnownInput(published, $"as published for {entry.Name}")
        : null;

    /// <summary>What the card beside an ONNX file says; null if none stands there.</summary>
    /// <exception cref="BackboneException">The card cannot be read.</exception>
    public static (KnownInput Input, BackboneCard Card)? Beside(string onnxPath)
    {
        string path = Path.ChangeExtension(onnxPath, ".json");
        if (!File.Exists(path))
        {
            return null;
        }

        Subject subject = new($"{path}, the card beside the network,", path);
        try
        {
            BackboneCard card = BackboneCardReading.Parse(File.ReadAllBytes(path), subject);
            return (new KnownInput(card.Input with { Tensor = Tensor }, $"as {Path.GetFileName(path)} says"), card);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw BackboneException.Create(subject, $"cannot be read: {exception.Message.TrimEnd('.')}", exception);
        }
    }

    /// <summary>What a naming of tensors tells, if it tells anything.</summary>
    public static KnownInput? FromNaming(string naming) => BackboneCatalog.FindByNaming(naming) is { } entry
        ? new KnownInput(entry.Input(Tensor)!, $"as usual for {naming}") { IsAssumed = true }
        : null;

    /// <summary>The one sentence for a file of which nothing is known.</summary>
    public static BackboneException Unknown(Subject subject) =>
        new($"{subject.Name} does not say how images are prepared for it, and it is none of the published files that are known here: say so")
        {
            Reason = BackboneErrorReason.NoPreprocessing,
            Path = subject.Path,
        };
}
