using InceptionMl.Internal;

namespace InceptionMl.Training.Pipelines.Json;

/// <summary>A hint that follows a complaint about a name.</summary>
internal static class NameHint
{
    /// <summary>The name that was probably meant, or all of them.</summary>
    public static string DidYouMean(string written, IReadOnlyList<string> names) => NearestName.Find(written, names) is { } name
        ? $"; did you mean \"{name}\"?"
        : $": it may be {string.Join(", ", names.SkipLast(1).Select(n => $"\"{n}\""))}{(names.Count > 1 ? " or " : string.Empty)}\"{names[^1]}\"";
}
