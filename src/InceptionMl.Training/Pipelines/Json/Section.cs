using System.Text.Json;

namespace InceptionMl.Training.Pipelines.Json;

/// <summary>An object of a file whose keys are known: each is read with its type and range, or refused with its place.</summary>
internal sealed class Section
{
    private readonly SourceText source;
    private readonly LocatedValue? value;

    private Section(SourceText source, LocatedValue? value)
    {
        this.source = source;
        this.value = value;
    }

    /// <summary>Whether the file has it.</summary>
    public bool IsGiven => value is not null;

    /// <summary>An object that must be there.</summary>
    /// <param name="source">The file.</param>
    /// <param name="value">The object.</param>
    /// <param name="called">What messages call it.</param>
    /// <param name="keys">All keys it may have.</param>
    /// <exception cref="PipelineException">It is no object, or has another key.</exception>
    public static Section Open(SourceText source, LocatedValue value, string called, IReadOnlyList<string> keys)
    {
        if (value.Kind != JsonValueKind.Object)
        {
            throw source.Wrong(value.Offset, $"{called} is an object in braces, not {DescribeKind(value)}");
        }

        value = WithPresentNames(source, value, keys);
        return value.Members.FirstOrDefault(m => !keys.Contains(m.Name)) is { } stranger
            ? throw source.Wrong(stranger.Offset, $"{QuotedText.Quote(stranger.Name)} is not a key of {called}{NameHint.DidYouMean(stranger.Name, keys)}")
            : new Section(source, value);
    }

    private static LocatedValue WithPresentNames(SourceText source, LocatedValue value, IReadOnlyList<string> keys)
    {
        List<LocatedMember> members = [.. value.Members];
        for (int i = 0; i < members.Count; i++)
        {
            if (keys.Contains(members[i].Name) || !PipelineKeys.Earlier.TryGetValue(members[i].Name, out string? present) || !keys.Contains(present))
            {
                continue;
            }

            members[i] = value[present] is null
                ? members[i] with { Name = present }
                : throw source.Wrong(members[i].Offset, $"\"{members[i].Name}\" is the earlier name of \"{present}\", which is given too: leave one out");
        }

        return value with { Members = members };
    }

    /// <summary>What a value is, for a sentence that says it should be something else.</summary>
    public static string DescribeKind(LocatedValue value) => value.Kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => $"the text {QuotedText.Quote(value.Text)}",
        JsonValueKind.Number => FormattableString.Invariant($"the number {value.Number}"),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "null",
    };

    /// <summary>The value of a key; null where the file leaves it out.</summary>
    public LocatedValue? Find(string key) => value?[key];

    /// <summary>An object below a key; empty where the file leaves it out.</summary>
    public Section Child(string key, IReadOnlyList<string> keys) =>
        Find(key) is { } child ? Open(source, child, $"\"{key}\"", keys) : new Section(source, null);

    /// <summary>The value of a key that may not be left out.</summary>
    public LocatedValue Need(string key, string why) =>
        Find(key) ?? throw source.Wrong(value?.Offset ?? 0, $"\"{key}\" is missing: {why}");

    public double Number(string key, double fallback, NumberRange range) => Find(key) is { } found ? NumberOf(found, key, range) : fallback;

    /// <summary>A number that null or false switches off.</summary>
    public double? NumberOrOff(string key, double? fallback, NumberRange range) => Find(key) switch
    {
        null => fallback,
        { Kind: JsonValueKind.Null or JsonValueKind.False } => null,
        LocatedValue found => NumberOf(found, key, range),
    };

    public int Whole(string key, int fallback, NumberRange range) => Find(key) is { } found ? WholeOf(found, key, range) : fallback;

    public bool Flag(string key, bool fallback) => Find(key) switch
    {
        null => fallback,
        { Kind: JsonValueKind.True } => true,
        { Kind: JsonValueKind.False } => false,
        LocatedValue found => throw Wrong(found, $"\"{key}\" is true or false, not {DescribeKind(found)}"),
    };

    /// <summary>One of the names; null where the file leaves the key out or says null and that is allowed.</summary>
    public string? Choice(string key, IReadOnlyList<string> names, bool allowNull = false) => Find(key) switch
    {
        null => null,
        { Kind: JsonValueKind.Null } when allowNull => null,
        LocatedValue found => ChoiceOf(found, key, names),
    };

    public string ChoiceOf(LocatedValue found, string key, IReadOnlyList<string> names) =>
        found.Kind == JsonValueKind.String && names.Contains(found.Text) ? found.Text
        : found.Kind == JsonValueKind.String ? throw Wrong(found, $"{QuotedText.Quote(found.Text)} is no \"{key}\"{NameHint.DidYouMean(found.Text, names)}")
        : throw Wrong(found, $"\"{key}\" is a text, not {DescribeKind(found)}{NameHint.DidYouMean(string.Empty, names)}");

    public string TextOf(LocatedValue found, string key) => found.Kind != JsonValueKind.String ? throw Wrong(found, $"\"{key}\" is a text, not {DescribeKind(found)}")
        : found.Text.Length == 0 ? throw Wrong(found, $"\"{key}\" is empty")
        : found.Text;

    public PipelinePath PathOf(LocatedValue found, string key, string folder)
    {
        string written = found.Kind == JsonValueKind.String ? found.Text : throw Wrong(found, $"\"{key}\" is a path in quotes, not {DescribeKind(found)}");
        return PipelinePath.Problem(written) is { } problem
            ? throw Wrong(found, $"the path {QuotedText.Quote(written)} {problem}")
            : PipelinePath.Read(written, folder);
    }

    public double NumberOf(LocatedValue found, string key, NumberRange range) =>
        found.Kind == JsonValueKind.Number && range.Contains(found.Number)
            ? found.Number
            : throw Wrong(found, $"\"{key}\" is a number {range}, not {DescribeKind(found)}");

    public int WholeOf(LocatedValue found, string key, NumberRange range) =>
        found.Kind == JsonValueKind.Number && range.Contains(found.Number) && double.IsInteger(found.Number)
            ? (int)found.Number
            : throw Wrong(found, $"\"{key}\" is a whole number {range}, not {DescribeKind(found)}");

    /// <summary>The items of a list with a number of them in a range.</summary>
    public IReadOnlyList<LocatedValue> ItemsOf(LocatedValue found, string key, int fewest, int most) =>
        found.Kind == JsonValueKind.Array && found.Items.Count >= fewest && found.Items.Count <= most ? found.Items
        : found.Kind == JsonValueKind.Array
        ? throw Wrong(found, $"\"{key}\" has {found.Items.Count} items; it is a list of {(fewest == most ? $"{most}" : $"{fewest} to {most}")}")
        : throw Wrong(found, $"\"{key}\" is a list in square brackets, not {DescribeKind(found)}");

    /// <summary>What is wrong with a value, at its place.</summary>
    public PipelineException Wrong(LocatedValue found, string what) => source.Wrong(found.Offset, what);

    /// <summary>What is wrong with the value of a key, at the value's place.</summary>
    public PipelineException WrongAt(string key, string what) => source.Wrong((Find(key) ?? value)?.Offset ?? 0, what);
}
