using InceptionMl.Models;

namespace InceptionMl.Backbones.Importing;

/// <summary>All that a network computed for one image, by the tensors' names.</summary>
internal sealed class TrialResults(IReadOnlyDictionary<string, TrialOutput> outputs)
{
    /// <exception cref="ModelFormatException">It was not computed.</exception>
    public TrialOutput this[string tensor] => outputs.TryGetValue(tensor, out TrialOutput? output)
        ? output
        : throw new ModelFormatException($"does not compute '{tensor}'");
}
