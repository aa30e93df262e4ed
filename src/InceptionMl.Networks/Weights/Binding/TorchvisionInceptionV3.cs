using System.Collections.Frozen;
using InceptionMl.Networks.Architectures;
using InceptionMl.Networks.Graph;

namespace InceptionMl.Networks.Weights.Binding;

/// <summary>torchvision's inception_v3: <c>Mixed_5b.branch5x5_1.conv.weight</c> is mixed_5b/5x5_reduce/conv/weight here.</summary>
internal sealed class TorchvisionInceptionV3 : ITensorNaming
{
    private static readonly FrozenDictionary<string, string> Branches = new Dictionary<string, string>
    {
        ["branch1x1"] = "1x1",
        ["branch5x5_1"] = "5x5_reduce",
        ["branch5x5_2"] = "5x5",
        ["branch3x3"] = "3x3",
        ["branch3x3_1"] = "3x3_reduce",
        ["branch3x3_2"] = "3x3",
        ["branch3x3_2a"] = "3x3/1x3",
        ["branch3x3_2b"] = "3x3/3x1",
        ["branch3x3dbl_1"] = "double_3x3_reduce",
        ["branch3x3dbl_2"] = "double_3x3_a",
        ["branch3x3dbl_3"] = "double_3x3_b",
        ["branch3x3dbl_3a"] = "double_3x3_b/1x3",
        ["branch3x3dbl_3b"] = "double_3x3_b/3x1",
        ["branch7x7_1"] = "7x7_reduce",
        ["branch7x7_2"] = "7x7_a",
        ["branch7x7_3"] = "7x7_b",
        ["branch7x7dbl_1"] = "double_7x7_reduce",
        ["branch7x7dbl_2"] = "double_7x7_a",
        ["branch7x7dbl_3"] = "double_7x7_b",
        ["branch7x7dbl_4"] = "double_7x7_c",
        ["branch7x7dbl_5"] = "double_7x7_d",
        ["branch7x7x3_1"] = "7x7_reduce",
        ["branch7x7x3_2"] = "7x7_a",
        ["branch7x7x3_3"] = "7x7_b",
        ["branch7x7x3_4"] = "7x7_c",
        ["branch_pool"] = "pool_proj",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Stem = new Dictionary<string, string>
    {
        ["Conv2d_1a_3x3"] = "conv_1a",
        ["Conv2d_2a_3x3"] = "conv_2a",
        ["Conv2d_2b_3x3"] = "conv_2b",
        ["Conv2d_3b_1x1"] = "conv_3b",
        ["Conv2d_4a_3x3"] = "conv_4a",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Name => "torchvision inception_v3";

    /// <inheritdoc/>
    public Network? Recognize(TensorStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.TryGet("Mixed_7c.branch3x3dbl_3b.conv.weight", out _)
            ? InceptionV3.Create(WeightOrigin.Torchvision, TorchUnits.Classes(store))
            : null;
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, TensorPlacement> Place(Network network, TensorStore store) =>
        TorchUnits.Place(store, "AuxLogits.", Unit);

    private static string? Unit(string unit) => unit.Split('.') switch
    {
        [var stem] => Stem.GetValueOrDefault(stem),
        [var block, var branch] when block.StartsWith("Mixed_", StringComparison.Ordinal) && Branches.TryGetValue(branch, out string? name) =>
            $"mixed_{block["Mixed_".Length..]}/{name}",
        _ => null,
    };
}
