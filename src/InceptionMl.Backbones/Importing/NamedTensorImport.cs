using InceptionMl.Internal;
using InceptionMl.Networks.Architectures;
using InceptionMl.Networks.Graph;
using InceptionMl.Networks.Onnx;
using InceptionMl.Networks.Weights.Binding.Internal;
using InceptionMl.Networks.Weights.Files;

namespace InceptionMl.Backbones.Importing;

/// <summary>Files of named tensors: the network is recognized by the names, filled with them and written.</summary>
internal static class NamedTensorImport
{
    private const string Torchvision = "-torchvision";

    public static NetworkFromFile Read(Stream stream, Subject subject, BackboneImportOptions options, KnownInput? known)
    {
        if (options.FeaturesTensor is not null)
        {
            throw BackboneException.Create(subject, $"holds weights and no graph, so there is no tensor '{options.FeaturesTensor}' to choose: leave it out");
        }

        WeightBinding binding = WeightBinding.Recognize(WeightFile.Read(stream, Path.GetFileName(subject.Path!)));
        RequireNetwork(subject, binding, options.Network);
        KnownInput input = known ?? KnownInput.FromNaming(binding.Naming) ?? throw KnownInput.Unknown(subject);
        Network network = binding.Network;
        NetworkSummary summary = network.At(new Extent(input.Input.Height, input.Input.Width));
        return new NetworkFromFile
        {
            Form = binding.Naming,
            Network = network.Name,
            Input = input,
            Outputs = NetworkFromFile.CreateOutputs(
                summary[network.Features.Name].Output.Channels,
                summary[network.FeatureMap.Name].Output.Channels,
                binding.HasLogits ? summary[network.Logits!.Name].Output.Channels : null),
            Ignored = binding.Ignored,
            IsOwnGraph = true,
            Write = target => OnnxWriter.Write(network, binding, target, new OnnxEmission { Logits = binding.HasLogits }),
        };
    }

    // The two forms of one architecture differ in their pools; nobody has to know which of them a file needs.
    private static void RequireNetwork(Subject subject, WeightBinding binding, string? wanted)
    {
        if (wanted is null)
        {
            return;
        }

        string found = binding.Network.Name;
        string asked = NetworkCatalog.Find(wanted)?.Name
            ?? throw BackboneException.Create(subject, $"cannot be of '{wanted}', which is no known network: known are {string.Join(", ", NetworkCatalog.Names)}");
        if (asked != found && asked + Torchvision != found)
        {
            throw BackboneException.Create(subject, $"holds the weights of {binding.Naming}, not of {asked}");
        }
    }
}
