using InceptionMl.Networks.Architectures;
using InceptionMl.Networks.Graph;

namespace InceptionMl.Networks.Weights.Binding;

/// <summary>torchvision's googlenet: <c>inception3a.branch2.0.conv.weight</c> is inception_3a/3x3_reduce/conv/weight here.</summary>
internal sealed class TorchvisionGoogLeNet : ITensorNaming
{
    /// <inheritdoc/>
    public string Name => "torchvision googlenet";

    /// <inheritdoc/>
    public Network? Recognize(TensorStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.TryGet("inception5b.branch4.1.conv.weight", out _) ? GoogLeNet.Torchvision(TorchUnits.Classes(store)) : null;
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, TensorPlacement> Place(Network network, TensorStore store) =>
        TorchUnits.Place(store, "aux", Unit);

    private static string? Unit(string unit) => unit switch
    {
        "conv1" => "conv1",
        "conv2" => "conv2_reduce",
        "conv3" => "conv2",
        _ => unit.Split('.', 2) is [var block, var branch] && block.StartsWith("inception", StringComparison.Ordinal) && Branch(branch) is { } name
            ? $"inception_{block["inception".Length..]}/{name}"
            : null,
    };

    private static string? Branch(string branch) => branch switch
    {
        "branch1" => "1x1",
        "branch2.0" => "3x3_reduce",
        "branch2.1" => "3x3",
        "branch3.0" => "5x5_reduce",
        "branch3.1" => "5x5",
        "branch4.1" => "pool_proj",
        _ => null,
    };
}
