using System.Security.Cryptography;
using InceptionMl.Internal;
using InceptionMl.Models;
using InceptionMl.Networks.Onnx.Editing.Internal;

namespace InceptionMl.Backbones;

/// <summary>A network that a package brings as an ONNX file of its publisher. It is edited in memory when it is opened; nothing is written.</summary>
/// <example><code>
/// Backbone backbone = Backbone.Open("resnet-18", new BackboneOptions { Packaged = [ResNet18.Backbone] });
/// </code></example>
public sealed record PackagedBackbone
{
    /// <summary>Gets the name it is opened by.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the network's architecture.</summary>
    public required string Network { get; init; }

    /// <summary>Gets the path of the ONNX file.</summary>
    public required string OnnxPath { get; init; }

    /// <summary>Gets the SHA-256 of the ONNX file, in hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Gets how images are prepared for it.</summary>
    public required BackbonePreprocessing Preprocessing { get; init; }

    /// <summary>Gets the number of values that its last average pool gives.</summary>
    public required int FeatureWidth { get; init; }

    /// <summary>Gets the license of the weights.</summary>
    public string? License { get; init; }

    /// <summary>Gets where the weights come from.</summary>
    public string? Provenance { get; init; }

    /// <summary>Reads the file as a network with the tensors that its card names.</summary>
    /// <exception cref="BackboneException">The file is not there, cannot be read or is not the publisher's.</exception>
    /// <exception cref="InceptionMl.Networks.Onnx.Editing.OnnxFormatException">It is no ONNX model.</exception>
    internal (BackboneCard Card, byte[] Onnx) Read(Subject subject)
    {
        byte[] file;
        try
        {
            file = File.ReadAllBytes(OnnxPath);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw BackboneException.Create(subject, $"has no file {OnnxPath} that can be read: restore the packages and build again", exception);
        }

        if (!Convert.ToHexString(SHA256.HashData(file)).Equals(Sha256, StringComparison.OrdinalIgnoreCase))
        {
            throw BackboneException.Create(subject, $"has a file {OnnxPath} that is not the one its package brings: restore the packages and build again");
        }

        OnnxClassifier classifier = OnnxClassifier.Read(new MemoryStream(file), featuresTensor: null, subject.Name);
        using MemoryStream onnx = new(file.Length);
        classifier.WriteBackbone(onnx, new OnnxClassifierShapes
        {
            Width = Preprocessing.Width,
            Height = Preprocessing.Height,
            FeatureWidth = FeatureWidth,
            FeatureMapChannels = FeatureWidth,
        });
        byte[] network = onnx.ToArray();
        BackboneCard card = Preprocessing.ToCard(Name, Convert.ToHexStringLower(SHA256.HashData(network)), new OnnxOutputs("image", FeatureWidth, FeatureWidth)) with
        {
            Network = Network,
            License = License,
            Provenance = Provenance,
        };
        return (card, network);
    }
}
