using System.Collections.Frozen;

namespace InceptionMl.Networks.Weights.PyTorch;

/// <summary>
/// What a pickle may name: the functions that build a tensor from a storage, an ordered dictionary, and the kinds of storage.
/// There is no code behind a name here; everything else a file names is refused.
/// </summary>
/// <param name="Builds">What calling it builds.</param>
/// <param name="Elements">What a storage of this kind holds; null for anything but a storage.</param>
internal sealed record TorchGlobal(TorchGlobalKind Builds, ElementType? Elements = null)
{
    private static readonly FrozenDictionary<string, TorchGlobal> Known = new Dictionary<string, TorchGlobal>
    {
        ["collections.OrderedDict"] = new(TorchGlobalKind.OrderedDictionary),
        ["torch._utils._rebuild_tensor"] = new(TorchGlobalKind.Tensor),
        ["torch._utils._rebuild_tensor_v2"] = new(TorchGlobalKind.Tensor),
        ["torch._utils._rebuild_parameter"] = new(TorchGlobalKind.Parameter),
        ["torch.FloatStorage"] = new(TorchGlobalKind.Storage, ElementType.Float32),
        ["torch.HalfStorage"] = new(TorchGlobalKind.Storage, ElementType.Float16),
        ["torch.BFloat16Storage"] = new(TorchGlobalKind.Storage, ElementType.BFloat16),
        ["torch.DoubleStorage"] = new(TorchGlobalKind.Storage, ElementType.Float64),
        ["torch.LongStorage"] = new(TorchGlobalKind.Storage, ElementType.Int64),
        ["torch.IntStorage"] = new(TorchGlobalKind.Storage, ElementType.Int32),
        ["torch.ShortStorage"] = new(TorchGlobalKind.Storage, ElementType.Int16),
        ["torch.CharStorage"] = new(TorchGlobalKind.Storage, ElementType.Int8),
        ["torch.ByteStorage"] = new(TorchGlobalKind.Storage, ElementType.UInt8),
        ["torch.BoolStorage"] = new(TorchGlobalKind.Storage, ElementType.Boolean),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static TorchGlobal? Find(string module, string name) => Known.GetValueOrDefault($"{module}.{name}");
}
