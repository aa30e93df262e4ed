namespace InceptionMl.Networks.Weights.Binding;

/// <summary>What torchvision's Inception networks name alike: units of convolution and batch normalization, and the classifier.</summary>
internal static class TorchUnits
{
    private static readonly (string Torch, string Ours)[] Roles =
    [
        (".conv.weight", "/conv/weight"),
        (".bn.weight", "/bn/gamma"),
        (".bn.bias", "/bn/beta"),
        (".bn.running_mean", "/bn/mean"),
        (".bn.running_var", "/bn/variance"),
    ];

    public static Dictionary<string, TensorPlacement> Place(TensorStore store, string auxiliary, Func<string, string?> unit)
    {
        Dictionary<string, TensorPlacement> placements = new(StringComparer.Ordinal);
        foreach (string tensor in store.Names)
        {
            if (Place(tensor, auxiliary, unit) is { } placement)
            {
                placements.Add(tensor, placement);
            }
        }

        return placements;
    }

    public static int Classes(TensorStore store) =>
        store.TryGet("fc.weight", out Tensor? weight) && weight.Shape is [> 0 and var classes, _] ? classes : 1000;

    private static TensorPlacement? Place(string tensor, string auxiliary, Func<string, string?> unit)
    {
        if (tensor.EndsWith(".num_batches_tracked", StringComparison.Ordinal))
        {
            return TensorPlacement.Ignored("a counter of training steps");
        }

        if (tensor.StartsWith(auxiliary, StringComparison.Ordinal))
        {
            return TensorPlacement.Ignored("the auxiliary classifier, which only helps training");
        }

        if (tensor is "fc.weight" or "fc.bias")
        {
            return TensorPlacement.At($"predictions/{tensor["fc.".Length..]}");
        }

        (string torch, string ours) = Array.Find(Roles, role => tensor.EndsWith(role.Torch, StringComparison.Ordinal));
        return torch is not null && unit(tensor[..^torch.Length]) is { } name ? TensorPlacement.At(name + ours) : null;
    }
}
