namespace InceptionMl.Networks.Weights.PyTorch;

/// <summary>A storage a pickle speaks of: its bytes stand elsewhere in the file, under its key.</summary>
internal sealed record TorchStorage(string Key, ElementType Type, long Count);
