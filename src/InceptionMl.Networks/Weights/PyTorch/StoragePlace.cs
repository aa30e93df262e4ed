namespace InceptionMl.Networks.Weights.PyTorch;

/// <summary>Where the bytes of a storage lie in the file; all of them inside it.</summary>
internal readonly record struct StoragePlace(long Offset, long Length);
