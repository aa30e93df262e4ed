using System.Collections.Frozen;

namespace InceptionMl.Networks.Weights.PyTorch;

/// <summary>
/// What a pickle may name: the functions that build a tensor from a storage, an ordered dictionary, and the kinds of storage.
/// There is no code behind a name here; everything else a file names is refused.
/// </summary>
/// <param name="Builds">What calling it builds.</param>
/// <param name="Elements">What a storage of this kind holds; null for anything but a storage.</param>
internal sealed record TorchGlobal(TorchGlobal.Kind Builds, ElementType? Elements = null)
{
    private static readonly FrozenDictionary<string, TorchGlobal> Known = new Dictionary<string, TorchGlobal>
    {
        ["collections.OrderedDict"] = new(Kind.OrderedDictionary),
        ["torch._utils._rebuild_tensor"] = new(Kind.Tensor),
        ["torch._utils._rebuild_tensor_v2"] = new(Kind.Tensor),
        ["torch._utils._rebuild_parameter"] = new(Kind.Parameter),
        ["torch.FloatStorage"] = new(Kind.Storage, ElementType.Float32),
        ["torch.HalfStorage"] = new(Kind.Storage, ElementType.Float16),
        ["torch.BFloat16Storage"] = new(Kind.Storage, ElementType.BFloat16),
        ["torch.DoubleStorage"] = new(Kind.Storage, ElementType.Float64),
        ["torch.LongStorage"] = new(Kind.Storage, ElementType.Int64),
        ["torch.IntStorage"] = new(Kind.Storage, ElementType.Int32),
        ["torch.ShortStorage"] = new(Kind.Storage, ElementType.Int16),
        ["torch.CharStorage"] = new(Kind.Storage, ElementType.Int8),
        ["torch.ByteStorage"] = new(Kind.Storage, ElementType.UInt8),
        ["torch.BoolStorage"] = new(Kind.Storage, ElementType.Boolean),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What calling a global builds.</summary>
    internal enum Kind
    {
        OrderedDictionary,
        Tensor,
        Parameter,
        Storage,
    }

    public static TorchGlobal? Find(string module, string name) => Known.GetValueOrDefault($"{module}.{name}");
}
