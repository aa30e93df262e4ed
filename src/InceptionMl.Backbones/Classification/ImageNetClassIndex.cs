using System.Globalization;
using System.Text.Json;

namespace InceptionMl.Backbones.Classification;

/// <summary>
/// ImageNet's thousand classes (ILSVRC 2012) in the order of their WordNet ids, as Keras publishes them: a JSON object of
/// <c>"0"</c> to <c>"999"</c>, each with an array of WordNet id and name.
/// </summary>
public static class ImageNetClassIndex
{
    /// <summary>Classes in the index.</summary>
    public const int Classes = 1000;

    /// <summary>The most bytes an index may have.</summary>
    public const int MaxBytes = 1 << 20;

    private static readonly JsonReaderOptions Strict = new() { MaxDepth = 2 };

    /// <summary>Reads an index.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="source">What the messages call it.</param>
    /// <returns>The thousand classes, in their order.</returns>
    /// <exception cref="BackboneException">It is not such an index, whole and with each WordNet id once.</exception>
    public static IReadOnlyList<ImageClass> Parse(ReadOnlySpan<byte> json, string source = "The class index")
    {
        if (json.Length > MaxBytes)
        {
            throw Refusal(source, FormattableString.Invariant($"it has {json.Length:N0} bytes, more than {MaxBytes:N0}"));
        }

        try
        {
            return Read(json, source);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is what the reader says of text that is not UTF-8.
            throw Refusal(source, exception.Message.TrimEnd('.'), exception);
        }
    }

    private static ImageClass[] Read(ReadOnlySpan<byte> json, string source)
    {
        Utf8JsonReader reader = new(json, Strict);
        Require(reader.Read() && reader.TokenType == JsonTokenType.StartObject, source, "it is no JSON object");
        ImageClass?[] classes = new ImageClass?[Classes];
        HashSet<string> ids = new(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int index = Index(reader.GetString()!, source);
            Require(classes[index] is null, source, FormattableString.Invariant($"it has class {index} twice"));
            classes[index] = Class(ref reader, source, index);
            Require(ids.Add(classes[index]!.WordNetId!), source, $"it has {classes[index]!.WordNetId} twice");
        }

        reader.Read();
        int missing = Array.IndexOf(classes, null);
        Require(missing < 0, source, FormattableString.Invariant($"it has no class {missing}"));
        return classes!;
    }

    private static int Index(string name, string source)
    {
        bool isIndex = int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            && index < Classes && name == index.ToString(CultureInfo.InvariantCulture);
        Require(isIndex, source, "a property's name is not a number from 0 to 999");
        return index;
    }

    private static ImageClass Class(ref Utf8JsonReader reader, string source, int index)
    {
        Require(reader.Read() && reader.TokenType == JsonTokenType.StartArray, source, NotAPair(index));
        string id = Text(ref reader, source, index);
        string name = Text(ref reader, source, index);
        Require(reader.Read() && reader.TokenType == JsonTokenType.EndArray, source, NotAPair(index));
        Require(ClassNaming.IsWordNetId(id), source, FormattableString.Invariant($"class {index} has no WordNet id, an n and eight digits"));
        Require(ClassNaming.Problem(name) is null, source, FormattableString.Invariant($"class {index} has {ClassNaming.Problem(name)}"));
        return new ImageClass(name, id);
    }

    private static string Text(ref Utf8JsonReader reader, string source, int index)
    {
        Require(reader.Read() && reader.TokenType == JsonTokenType.String, source, NotAPair(index));
        return reader.GetString()!;
    }

    private static string NotAPair(int index) => FormattableString.Invariant($"class {index} is not an array of WordNet id and name");

    private static void Require(bool holds, string source, string problem)
    {
        if (!holds)
        {
            throw Refusal(source, problem);
        }
    }

    private static BackboneException Refusal(string source, string problem, Exception? innerException = null) =>
        new($"{source} is no ImageNet class index as Keras publishes it: {problem}", innerException) { Path = source };
}

/// <summary>A class that a classifier tells.</summary>
/// <param name="Name">Its name, such as <c>tabby</c>; two classes may share one, as ImageNet's two cranes do.</param>
/// <param name="WordNetId">Its WordNet id, such as <c>n02123045</c>; null if it is not known.</param>
public sealed record ImageClass(string Name, string? WordNetId = null);
