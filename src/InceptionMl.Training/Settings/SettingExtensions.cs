using System.Collections.ObjectModel;
using System.Text.Json;

namespace InceptionMl.Training;

/// <summary>Entries of an application's own, in the order of their keys; equal if keys and values are.</summary>
internal sealed class SettingExtensions(IEnumerable<KeyValuePair<string, JsonElement>> entries)
    : ReadOnlyDictionary<string, JsonElement>(new SortedDictionary<string, JsonElement>(new Dictionary<string, JsonElement>(entries), StringComparer.Ordinal))
{
    public const string Pattern = "^x-.";

    private const string Prefix = "x-";

    public static bool IsKey(string key) => key.StartsWith(Prefix, StringComparison.Ordinal) && key.Length > Prefix.Length;

    public override bool Equals(object? obj) => obj is SettingExtensions other && Count == other.Count
        && this.All(entry => other.TryGetValue(entry.Key, out JsonElement value) && JsonElement.DeepEquals(entry.Value, value));

    public override int GetHashCode() => Count;
}
