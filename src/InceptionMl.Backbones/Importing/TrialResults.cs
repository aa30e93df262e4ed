using InceptionMl.Internal;
using InceptionMl.Models;

namespace InceptionMl.Backbones.Importing;

/// <summary>All that a network computed for one image, by the tensors' names.</summary>
internal sealed class TrialResults(Subject subject, IReadOnlyDictionary<string, TrialOutput> outputs)
{
    /// <exception cref="BackboneException">It was not computed.</exception>
    public TrialOutput this[string tensor] => outputs.TryGetValue(tensor, out TrialOutput? output)
        ? output
        : throw BackboneException.Create(subject, $"does not compute '{tensor}'");
}
