using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using InceptionMl.Internal;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Training;

/// <summary>
/// Reads JSON into a type whose JSON contract is generated: every value is held against the type and the attributes of its property
/// first, so that what is wrong is reported with its place and, of a misspelled name, with the one that was probably meant.
/// </summary>
internal sealed class SettingsReader(SourceText source, JsonSerializerOptions options)
{
    public JsonSerializerOptions Options => options;

    /// <summary>Gets the keys of earlier versions that were read and are not used.</summary>
    public SortedSet<string> Unused { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads an object.</summary>
    /// <param name="value">The JSON.</param>
    /// <param name="called">What messages call it.</param>
    /// <exception cref="PipelineException">It is not what the type says.</exception>
    public T Read<T>(LocatedValue value, string called)
    {
        JsonTypeInfo type = options.GetTypeInfo(typeof(T));
        LocatedValue known = CheckObject(value, type, called);
        using MemoryStream plain = new();
        using (Utf8JsonWriter writer = new(plain))
        {
            Write(writer, known, type);
        }

        T read = (T)JsonSerializer.Deserialize(plain.ToArray(), type)!;
        CheckTogether(read, type, known);
        return read;
    }

    /// <summary>Reads the settings of a training run, with the entries of an application's own.</summary>
    /// <param name="value">The JSON.</param>
    /// <param name="called">What messages call it.</param>
    /// <exception cref="PipelineException">It is not what the type says.</exception>
    public TrainingSettings ReadSettings(LocatedValue value, string called)
    {
        ILookup<bool, LocatedMember> members = value.Members.ToLookup(member => SettingExtensions.IsKey(member.Name));
        TrainingSettings settings = Read<TrainingSettings>(value with { Members = [.. members[false]] }, called);
        return settings with { Extensions = members[true].ToDictionary(member => member.Name, member => member.Value.ToElement()) };
    }

    /// <summary>Holds settings that code made against what a file may say.</summary>
    /// <exception cref="PipelineException">A value is out of its range, or values do not go together.</exception>
    public static void Validate<T>(T settings)
    {
        JsonSerializerOptions options = SettingsJson.CreateOptions(folder: null);
        SourceText text = new(JsonSerializer.SerializeToUtf8Bytes(settings, options.GetTypeInfo(typeof(T))), "The training settings", hasPlaces: false);
        SettingsReader reader = new(text, options);
        JsonTypeInfo type = options.GetTypeInfo(typeof(T));
        reader.CheckTogether(settings, type, reader.CheckObject(LocatedReader.Read(text), type, "the settings"));
    }

    /// <summary>What is wrong with a value, at its place.</summary>
    public PipelineException Wrong(LocatedValue found, string what) => source.Wrong(found.Offset, what);

    /// <summary>Refuses what is no object, and keys that are not known.</summary>
    public void CheckKeys(LocatedValue value, string called, IReadOnlyList<string> keys)
    {
        if (value.Kind != JsonValueKind.Object)
        {
            throw Wrong(value, $"{called} is an object in braces, not {value.DescribeKind()}");
        }

        if (value.Members.FirstOrDefault(m => !keys.Contains(m.Name)) is { } stranger)
        {
            throw source.Wrong(stranger.Offset, $"{QuotedText.Quote(stranger.Name)} is not a key of {called}{DidYouMean(stranger.Name, keys)}");
        }
    }

    public void CheckText(string key, LocatedValue found)
    {
        if (found.Kind != JsonValueKind.String || found.Text.Length == 0)
        {
            throw Wrong(found, found.Kind != JsonValueKind.String ? $"\"{key}\" is a text, not {found.DescribeKind()}" : $"\"{key}\" is empty");
        }
    }

    public void CheckWord(string key, LocatedValue found, IReadOnlyList<string> words)
    {
        if (found.Kind != JsonValueKind.String || !words.Contains(found.Text))
        {
            throw Wrong(found, found.Kind == JsonValueKind.String
                ? $"{QuotedText.Quote(found.Text)} is no \"{key}\"{DidYouMean(found.Text, words)}"
                : $"\"{key}\" is a text, not {found.DescribeKind()}{DidYouMean(string.Empty, words)}");
        }
    }

    public void CheckNumber(string key, LocatedValue found, NumberRange range, bool isWhole = false)
    {
        if (found.Kind != JsonValueKind.Number || !range.Contains(found.Number) || (isWhole && !double.IsInteger(found.Number)))
        {
            throw Wrong(found, $"\"{key}\" is a {(isWhole ? "whole " : string.Empty)}number {range}, not {found.DescribeKind()}");
        }
    }

    /// <summary>The object with the names that its keys have today.</summary>
    private LocatedValue CheckObject(LocatedValue value, JsonTypeInfo type, string called)
    {
        string[] keys = [.. SettingsContract.Properties(type).Select(property => property.Name)];
        value = WithPresentNames(value, type, keys);
        IReadOnlyList<string> unused = type.Type.GetCustomAttribute<UnusedNamesAttribute>()?.Names ?? [];
        Unused.UnionWith(value.Kind == JsonValueKind.Object ? value.Members.Select(member => member.Name).Intersect(unused) : []);
        value = value with { Members = [.. value.Members.Where(member => !unused.Contains(member.Name))] };
        CheckKeys(value, called, keys);
        List<LocatedMember> members = [];
        foreach (JsonPropertyInfo property in SettingsContract.Properties(type))
        {
            if (value.Members.FirstOrDefault(m => m.Name == property.Name) is { } member)
            {
                members.Add(member with { Value = CheckProperty(member.Value, property) });
            }
            else if (SettingsContract.Attribute<RequiredAttribute>(property) is { } required)
            {
                throw Wrong(value, $"\"{property.Name}\" is missing: {required.ErrorMessage}");
            }
        }

        return value with { Members = members };
    }

    private LocatedValue WithPresentNames(LocatedValue value, JsonTypeInfo type, string[] keys)
    {
        foreach (JsonPropertyInfo property in SettingsContract.Properties(type))
        {
            if (SettingsContract.Attribute<EarlierNameAttribute>(property)?.Name is not { } earlier || value[earlier] is null || keys.Contains(earlier))
            {
                continue;
            }

            LocatedMember old = value.Members.First(m => m.Name == earlier);
            value = value[property.Name] is null
                ? value with { Members = [.. value.Members.Select(m => m == old ? m with { Name = property.Name } : m)] }
                : throw source.Wrong(old.Offset, $"\"{earlier}\" is the earlier name of \"{property.Name}\", which is given too: leave one out");
        }

        return value;
    }

    private LocatedValue CheckProperty(LocatedValue found, JsonPropertyInfo property)
    {
        if (found.Kind == JsonValueKind.False && SettingsContract.Attribute<OffByFalseAttribute>(property) is not null)
        {
            return found with { Kind = JsonValueKind.Null };
        }

        if (SettingsContract.Converter(property, options) is { } own)
        {
            if (found.Kind != JsonValueKind.Null || !SettingsContract.IsNullable(property) || own is SettingsPathConverter or OptionalPathConverter)
            {
                own.Check(this, property.Name, found);
            }

            return found;
        }

        return found.Kind == JsonValueKind.Null && SettingsContract.IsNullable(property) ? found : CheckValue(found, property, property.PropertyType);
    }

    private LocatedValue CheckValue(LocatedValue found, JsonPropertyInfo property, Type declared)
    {
        Type type = Nullable.GetUnderlyingType(declared) ?? declared;
        JsonTypeInfo contract = options.GetTypeInfo(type);
        string key = property.Name;
        if (contract.Kind == JsonTypeInfoKind.Object)
        {
            return CheckObject(found, contract, $"\"{key}\"");
        }

        if (contract.Kind == JsonTypeInfoKind.Enumerable)
        {
            return found with { Items = [.. CheckedItems(found, property).Select(item => CheckItem(item, property, contract.ElementType!))] };
        }

        if (type.IsEnum)
        {
            CheckWord(key, found, SettingsJson.Words(type));
        }
        else if (SettingsContract.Attribute<AllowedValuesAttribute>(property) is { } allowed)
        {
            CheckWord(key, found, [.. allowed.Values.Cast<string>()]);
        }
        else if (type == typeof(string))
        {
            CheckText(key, found);
            if (SettingsContract.Attribute<RegularExpressionAttribute>(property) is { } pattern && !pattern.IsValid(found.Text))
            {
                throw Wrong(found, $"{QuotedText.Quote(found.Text)} is no \"{key}\": it is {pattern.ErrorMessage}");
            }
        }
        else if (type == typeof(bool))
        {
            if (found.Kind is not (JsonValueKind.True or JsonValueKind.False))
            {
                throw Wrong(found, $"\"{key}\" is true or false, not {found.DescribeKind()}");
            }
        }
        else
        {
            CheckNumber(key, found, NumberRange.From(SettingsContract.Attribute<RangeAttribute>(property)), isWhole: type == typeof(int));
        }

        return found;
    }

    private LocatedValue CheckItem(LocatedValue item, JsonPropertyInfo property, Type element) =>
        options.GetTypeInfo(element) is { Kind: JsonTypeInfoKind.Object } contract
            ? CheckObject(item, contract, $"an item of \"{property.Name}\"")
            : CheckValue(item, property, element);

    private IReadOnlyList<LocatedValue> CheckedItems(LocatedValue found, JsonPropertyInfo property)
    {
        LengthAttribute length = SettingsContract.Attribute<LengthAttribute>(property) ?? new LengthAttribute(0, int.MaxValue);
        (int fewest, int most) = (length.MinimumLength, length.MaximumLength);
        return found.Kind != JsonValueKind.Array ? throw Wrong(found, $"\"{property.Name}\" is a list in square brackets, not {found.DescribeKind()}")
            : found.Items.Count >= fewest && found.Items.Count <= most ? found.Items
            : throw Wrong(found, $"\"{property.Name}\" has {found.Items.Count} items; it is a list of {(fewest == most ? $"{most}" : $"{fewest} to {most}")}");
    }

    // What the file leaves out is written too: the generated code knows no initializer of a property that can only be set at first.
    private void Write(Utf8JsonWriter writer, LocatedValue value, JsonTypeInfo type)
    {
        object defaults = SettingsJson.CreateDefault(type.Type);
        writer.WriteStartObject();
        foreach (JsonPropertyInfo property in SettingsContract.Properties(type))
        {
            writer.WritePropertyName(property.Name);
            if (value[property.Name] is { } given)
            {
                Write(writer, given, property);
            }
            else if (property.CustomConverter is OptionalPathConverter cache)
            {
                cache.Write(writer, property.Get!(defaults) as SettingsPath, options);
            }
            else
            {
                JsonSerializer.Serialize(writer, property.Get!(defaults), options.GetTypeInfo(property.PropertyType));
            }
        }

        writer.WriteEndObject();
    }

    private void Write(Utf8JsonWriter writer, LocatedValue given, JsonPropertyInfo property)
    {
        JsonTypeInfo type = options.GetTypeInfo(property.PropertyType);
        JsonTypeInfo? items = type.ElementType is { } element && options.GetTypeInfo(element) is { Kind: JsonTypeInfoKind.Object } objects ? objects : null;
        if (SettingsContract.Converter(property, options) is null && given.Kind == JsonValueKind.Object && type.Kind == JsonTypeInfoKind.Object)
        {
            Write(writer, given, type);
        }
        else if (items is not null && given.Kind == JsonValueKind.Array)
        {
            writer.WriteStartArray();
            foreach (LocatedValue item in given.Items)
            {
                Write(writer, item, items);
            }

            writer.WriteEndArray();
        }
        else
        {
            given.Write(writer);
        }
    }

    /// <summary>What only several values together can get wrong.</summary>
    private void CheckTogether(object? instance, JsonTypeInfo type, LocatedValue value)
    {
        if (instance is IValidatableObject validatable
            && validatable.Validate(new ValidationContext(instance)).FirstOrDefault() is { ErrorMessage: { } what } wrong)
        {
            throw Wrong(wrong.MemberNames.Select(name => value.Find(name)).FirstOrDefault(found => found is not null) ?? value, what);
        }

        foreach (JsonPropertyInfo property in SettingsContract.Properties(type).Where(property => SettingsContract.Converter(property, options) is null))
        {
            if (value[property.Name] is not { } child || property.Get!(instance!) is not { } held)
            {
                continue;
            }

            JsonTypeInfo contract = options.GetTypeInfo(property.PropertyType);
            if (contract.Kind == JsonTypeInfoKind.Object)
            {
                CheckTogether(held, contract, child);
            }
            else if (contract.ElementType is { } element && options.GetTypeInfo(element) is { Kind: JsonTypeInfoKind.Object } items)
            {
                foreach ((object? one, LocatedValue item) in ((IEnumerable)held).Cast<object?>().Zip(child.Items))
                {
                    CheckTogether(one, items, item);
                }
            }
        }
    }

    private static string DidYouMean(string written, IReadOnlyList<string> names) => NearestName.Find(written, names) is { } name
        ? $"; did you mean \"{name}\"?"
        : $": it may be {string.Join(", ", names.SkipLast(1).Select(n => $"\"{n}\""))}{(names.Count > 1 ? " or " : string.Empty)}\"{names[^1]}\"";
}
