using System.Collections.Frozen;

namespace InceptionMl.Networks.Weights.PyTorch;

/// <summary>What a pickle's few permitted calls build: dictionaries, storages and tensors, their arguments checked.</summary>
internal sealed class TorchConstruction(PickleBytes bytes)
{
    private readonly Dictionary<string, TorchStorage> storages = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, TorchStorage> Storages => storages;

    /// <summary>Sets alternating keys and values.</summary>
    public void Set(Dictionary<object, object?> dictionary, object?[] entries)
    {
        if (entries.Length % 2 != 0)
        {
            throw bytes.Error("a dictionary is given a key without a value: the file is damaged");
        }

        for (int i = 0; i < entries.Length; i += 2)
        {
            if (entries[i] is not (string or long))
            {
                throw bytes.Error($"the key of a dictionary is {PickleValue.Describe(entries[i])}; texts and numbers are read");
            }

            if (!dictionary.TryAdd(entries[i]!, entries[i + 1]))
            {
                throw bytes.Error("a key stands in a dictionary twice: the file is damaged");
            }
        }
    }

    /// <summary>A persistent id: ('storage', kind, key, device, elements) and, in the legacy form, a view that must be None.</summary>
    public TorchStorage Storage(object?[] id)
    {
        if (id is not ["storage", TorchGlobal { Elements: { } type }, string key, _, long and >= 0 and var count, ..]
            || id is not ([_, _, _, _, _] or [_, _, _, _, _, null])
            || !TensorName.IsPlain(key))
        {
            throw bytes.Error(
                "a storage is described by its kind, its key, its device and its number of elements; this is damaged or of a kind that is not read");
        }

        TorchStorage storage = new(key, type, count);
        if (storages.TryGetValue(storage.Key, out TorchStorage? known))
        {
            return known == storage ? known : throw bytes.Error($"storage '{storage.Key}' is described twice, differently: the file is damaged");
        }

        storages.Add(storage.Key, storage);
        return storage;
    }

    /// <summary>Builds what a permitted global builds.</summary>
    public object Call(TorchGlobal global, object?[] arguments, Action<int> charge) => (global.Builds, arguments) switch
    {
        (TorchGlobalKind.OrderedDictionary, []) => new Dictionary<object, object?>(),
        (TorchGlobalKind.OrderedDictionary, [List<object?> pairs]) => Dictionary(pairs, charge),
        (TorchGlobalKind.Tensor, [TorchStorage storage, long offset, object?[] size, object?[] stride, ..]) when arguments.Length <= 7 =>
            TorchTensor.Create(storage, offset, size, stride, out string problem) ?? throw bytes.Error(problem),
        (TorchGlobalKind.Parameter, [TorchTensor tensor, _, _]) => tensor,
        _ => throw bytes.Error($"a call that builds {global.Builds} is given {arguments.Length} arguments it does not take: the file is damaged"),
    };

    // Python 2 wrote an OrderedDict as a list of pairs.
    private Dictionary<object, object?> Dictionary(List<object?> pairs, Action<int> charge)
    {
        charge(pairs.Count);
        Dictionary<object, object?> dictionary = [];
        foreach (object? pair in pairs)
        {
            Set(dictionary, pair switch
            {
                object?[] { Length: 2 } tuple => tuple,
                List<object?> { Count: 2 } list => [list[0], list[1]],
                _ => throw bytes.Error("an OrderedDict is made of pairs: the file is damaged"),
            });
        }

        return dictionary;
    }
}

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

/// <summary>What calling a permitted name builds.</summary>
internal enum TorchGlobalKind
{
    OrderedDictionary,
    Tensor,
    Parameter,
    Storage,
}
