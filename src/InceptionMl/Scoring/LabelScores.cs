using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace InceptionMl.Scoring;

/// <summary>Probabilities by label name, in the order of the model's classes.</summary>
internal sealed class LabelScores(LabelIndex labels, float[] probabilities) : IReadOnlyDictionary<string, float>
{
    public IEnumerable<string> Keys => labels.Names;

    public IEnumerable<float> Values => probabilities;

    public int Count => probabilities.Length;

    public float this[string key] => TryGetValue(key, out float probability)
        ? probability
        : throw new KeyNotFoundException($"The model has no label '{key}'.");

    public bool ContainsKey(string key) => labels.Find(key) >= 0;

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out float value)
    {
        int index = labels.Find(key);
        value = index < 0 ? 0 : probabilities[index];
        return index >= 0;
    }

    public IEnumerator<KeyValuePair<string, float>> GetEnumerator()
    {
        for (int i = 0; i < probabilities.Length; i++)
        {
            yield return new KeyValuePair<string, float>(labels.Names[i], probabilities[i]);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
