namespace InceptionMl.Networks.Weights.PyTorch;

/// <summary>What calling a permitted name builds.</summary>
internal enum TorchGlobalKind
{
    OrderedDictionary,
    Tensor,
    Parameter,
    Storage,
}
