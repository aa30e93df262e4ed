using System.Reflection;
using System.Text;
using InceptionMl.TestSupport;

namespace InceptionMl.Tests;

/// <summary>An assembly's public surface as text: a line a type, a line a member, in ordinal order.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    // What every record has, and no application calls by name.
    private static readonly string[] Synthesized =
        ["Equals", "GetHashCode", "ToString", "PrintMembers", "op_Equality", "op_Inequality", "<Clone>$", "Deconstruct", "get_EqualityContract"];

    /// <summary>Holds an assembly's surface against the file <c>PublicApi.txt</c> of its tests, and leaves the surface found beside them.</summary>
    /// <param name="assembly">The assembly.</param>
    public static void AssertRecorded(Assembly assembly)
    {
        string name = assembly.GetName().Name!;
        string record = Workspace.At("tests", name + ".Tests", "PublicApi.txt");
        string[] recorded = File.Exists(record) ? File.ReadAllLines(record) : [];
        string actual = Of(assembly);
        string[] found = actual.TrimEnd('\n').Split('\n');

        string proposal = Path.Combine(AppContext.BaseDirectory, "PublicApi.txt");
        File.WriteAllText(proposal, actual);
        Assert.True(
            recorded.SequenceEqual(found),
            $"""
            The public surface of {name} changed. Where that is meant, copy {proposal} over {record}.
            gone: {string.Join("; ", recorded.Except(found))}
            new: {string.Join("; ", found.Except(recorded))}
            """);
    }

    private static string Of(Assembly assembly)
    {
        StringBuilder text = new();
        foreach (Type type in assembly.GetExportedTypes().Where(IsForUsers).OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            text.Append(Kind(type)).Append(' ').Append(type.FullName).Append(Bases(type)).Append('\n');
            foreach (string member in Members(type).Order(StringComparer.Ordinal))
            {
                text.Append("    ").Append(member).Append('\n');
            }
        }

        return text.ToString();
    }

    private static bool IsForUsers(Type type) => type.Namespace?.EndsWith(".Internal", StringComparison.Ordinal) != true;

    private static string Kind(Type type) =>
        type.IsEnum ? "enum"
        : type.IsInterface ? "interface"
        : type.IsValueType ? "struct"
        : type is { IsAbstract: true, IsSealed: true } ? "static class"
        : type.IsSealed ? "sealed class"
        : type.IsAbstract ? "abstract class"
        : "class";

    private static string Bases(Type type)
    {
        Type? parent = type.IsValueType || type.BaseType == typeof(object) ? null : type.BaseType;
        IEnumerable<Type> interfaces = type.IsEnum ? [] : type.GetInterfaces();
        string[] names = [.. (parent is null ? Array.Empty<Type>() : [parent]).Select(Name), .. interfaces.Select(Name).Order(StringComparer.Ordinal)];
        return names.Length == 0 ? string.Empty : " : " + string.Join(", ", names);
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return type.GetEnumNames().Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name), null)}");
        }

        return type.GetConstructors(Declared).Where(IsVisible).Select(c => $"new({Parameters(c)})")
            .Concat(type.GetFields(Declared).Where(f => f.IsPublic || f.IsFamily).Select(Field))
            .Concat(type.GetProperties(Declared).Where(p => p.GetAccessors(nonPublic: true).Any(IsVisible)).Select(Property).Where(p => !p.Contains("EqualityContract", StringComparison.Ordinal)))
            .Concat(type.GetMethods(Declared).Where(m => IsVisible(m) && !m.IsSpecialName && !Synthesized.Contains(m.Name)).Select(Method));
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Field(FieldInfo field) =>
        (field.IsLiteral ? $"const {Name(field.FieldType)} {field.Name} = {Text(field.GetRawConstantValue())}" : $"{Name(field.FieldType)} {field.Name}");

    private static string Property(PropertyInfo property)
    {
        string get = property.GetMethod is { } getter && IsVisible(getter) ? " get;" : string.Empty;
        string set = property.SetMethod is { } setter && IsVisible(setter) ? IsInit(setter) ? " init;" : " set;" : string.Empty;
        string required = property.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute)) ? "required " : string.Empty;
        string shared = property.GetAccessors(nonPublic: true)[0].IsStatic ? "static " : string.Empty;
        return $"{shared}{required}{Name(property.PropertyType)} {property.Name} {{{get}{set} }}";
    }

    private static bool IsInit(MethodInfo setter) =>
        setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit));

    private static string Method(MethodInfo method)
    {
        string arguments = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : string.Empty;
        return $"{(method.IsStatic ? "static " : string.Empty)}{Name(method.ReturnType)} {method.Name}{arguments}({Parameters(method)})";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {Text(parameter.DefaultValue)}" : string.Empty)}"));

    private static string Text(object? value) => value switch
    {
        null => "default",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!,
    };

    private static string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Name(underlying) + "?";
        }

        if (type.IsArray)
        {
            return Name(type.GetElementType()!) + "[]";
        }

        return type.IsGenericType
            ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
            : type.Name;
    }
}
