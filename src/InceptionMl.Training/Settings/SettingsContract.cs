using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace InceptionMl.Training;

/// <summary>What the generated contract of a settings type says of its properties.</summary>
internal static class SettingsContract
{
    public static ISettingConverter? Converter(JsonPropertyInfo property, JsonSerializerOptions options) => (property.CustomConverter
        ?? options.GetTypeInfo(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType).Converter) as ISettingConverter;

    // A property that JSON ignores is listed by the contract too.
    public static IEnumerable<JsonPropertyInfo> Properties(JsonTypeInfo type) => type.Properties.Where(property => property.Get is not null);

    public static T? Attribute<T>(JsonPropertyInfo property)
        where T : Attribute => property.AttributeProvider?.GetCustomAttributes(typeof(T), inherit: true).FirstOrDefault() as T;

    public static bool IsNullable(JsonPropertyInfo property) =>
        Nullable.GetUnderlyingType(property.PropertyType) is not null
        || (property.AttributeProvider is PropertyInfo reflected && new NullabilityInfoContext().Create(reflected).ReadState == NullabilityState.Nullable);
}
