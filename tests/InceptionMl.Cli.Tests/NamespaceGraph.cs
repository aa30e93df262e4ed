using System.Collections.Immutable;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace InceptionMl.Cli.Tests;

/// <summary>Which namespaces of one assembly use which others, read from its metadata and method bodies.</summary>
/// <remarks>A namespace that ends in <c>.Internal</c> counts as the namespace that it ends.</remarks>
internal sealed class NamespaceGraph
{
    private const string Suffix = ".Internal";

    private static readonly Dictionary<int, OpCode> OpCodesByValue = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => (int)(ushort)code.Value);

    private readonly MetadataReader reader;
    private readonly Dictionary<(string From, string To), SortedSet<string>> uses = [];

    private NamespaceGraph(PEReader file)
    {
        reader = file.GetMetadataReader();
        Names = reader.TypeDefinitions.Select(NamespaceOf).Where(name => name.Length > 0).ToImmutableSortedSet(StringComparer.Ordinal);
        foreach (TypeDefinitionHandle type in reader.TypeDefinitions)
        {
            var names = new TypeNames(used => Add(type, used));
            ReadType(type, names);
            foreach (MethodDefinitionHandle method in reader.GetTypeDefinition(type).GetMethods())
            {
                ReadMethod(file, reader.GetMethodDefinition(method), names);
            }
        }
    }

    /// <summary>Gets the names of all namespaces, without <c>.Internal</c>.</summary>
    public ImmutableSortedSet<string> Names { get; }

    public static NamespaceGraph Read(string assemblyPath)
    {
        using var file = new PEReader(File.OpenRead(assemblyPath));
        return new NamespaceGraph(file);
    }

    /// <summary>Gets one line per pair of namespaces that reach each other, with the types that lead from one to the next.</summary>
    public IEnumerable<string> Cycles()
    {
        foreach (string start in Names)
        {
            // The shortest way back to the start. A cycle is told once, from the first of its names.
            string[]? cycle = WayBack(start);
            if (cycle is not null && cycle.All(name => string.CompareOrdinal(start, name) <= 0))
            {
                yield return string.Join(" -> ", cycle) + ": "
                    + string.Join(", ", cycle.Zip(cycle.Skip(1)).Select(step => string.Join(" and ", uses[step].Take(3))));
            }
        }
    }

    private string[]? WayBack(string start)
    {
        var before = new Dictionary<string, string>(StringComparer.Ordinal);
        var open = new Queue<string>([start]);
        while (open.TryDequeue(out string? name))
        {
            foreach (string next in uses.Keys.Where(use => use.From == name).Select(use => use.To).Order(StringComparer.Ordinal))
            {
                if (next == start)
                {
                    var way = new List<string> { start };
                    for (string step = name; step != start; step = before[step])
                    {
                        way.Insert(0, step);
                    }

                    return [start, .. way];
                }

                if (before.TryAdd(next, name))
                {
                    open.Enqueue(next);
                }
            }
        }

        return null;
    }

    private void Add(TypeDefinitionHandle from, TypeDefinitionHandle to)
    {
        (string user, string used) = (NamespaceOf(from), NamespaceOf(to));
        if (user != used && user.Length > 0 && used.Length > 0)
        {
            if (!uses.TryGetValue((user, used), out SortedSet<string>? types))
            {
                uses.Add((user, used), types = new SortedSet<string>(StringComparer.Ordinal));
            }

            types.Add($"{NameOf(from)} uses {NameOf(to)}");
        }
    }

    private string NamespaceOf(TypeDefinitionHandle type)
    {
        string name = reader.GetString(Outermost(type).Namespace);
        return name.EndsWith(Suffix, StringComparison.Ordinal) ? name[..^Suffix.Length] : name;
    }

    private string NameOf(TypeDefinitionHandle type) => reader.GetString(Outermost(type).Name);

    private TypeDefinition Outermost(TypeDefinitionHandle type)
    {
        TypeDefinition definition = reader.GetTypeDefinition(type);
        return definition.GetDeclaringType() is { IsNil: false } outer ? Outermost(outer) : definition;
    }

    private void ReadType(TypeDefinitionHandle handle, TypeNames names)
    {
        TypeDefinition type = reader.GetTypeDefinition(handle);
        ReadToken(type.BaseType, names);
        foreach (InterfaceImplementationHandle contract in type.GetInterfaceImplementations())
        {
            ReadToken(reader.GetInterfaceImplementation(contract).Interface, names);
        }

        foreach (FieldDefinitionHandle field in type.GetFields())
        {
            reader.GetFieldDefinition(field).DecodeSignature(names, null);
        }

        foreach (CustomAttributeHandle attribute in type.GetCustomAttributes())
        {
            ReadToken(reader.GetCustomAttribute(attribute).Constructor, names);
        }
    }

    private void ReadMethod(PEReader file, MethodDefinition method, TypeNames names)
    {
        method.DecodeSignature(names, null);
        if (method.RelativeVirtualAddress == 0)
        {
            return;
        }

        MethodBodyBlock body = file.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil)
        {
            reader.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(names, null);
        }

        foreach (ExceptionRegion region in body.ExceptionRegions)
        {
            ReadToken(region.CatchType, names);
        }

        BlobReader code = body.GetILReader();
        while (code.RemainingBytes > 0)
        {
            int value = code.ReadByte();
            OpCode operation = OpCodesByValue[value == 0xFE ? 0xFE00 | code.ReadByte() : value];
            switch (operation.OperandType)
            {
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                    ReadToken(MetadataTokens.EntityHandle(code.ReadInt32()), names);
                    break;
                case OperandType.InlineSwitch:
                    int targets = code.ReadInt32();
                    code.Offset += 4 * targets;
                    break;
                default:
                    code.Offset += OperandSize(operation.OperandType);
                    break;
            }
        }
    }

    private static int OperandSize(OperandType operand) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        _ => 4,
    };

    private void ReadToken(EntityHandle token, TypeNames names)
    {
        switch (token.Kind)
        {
            case HandleKind.TypeDefinition when !token.IsNil:
                names.GetTypeFromDefinition(reader, (TypeDefinitionHandle)token, 0);
                break;
            case HandleKind.TypeSpecification:
                reader.GetTypeSpecification((TypeSpecificationHandle)token).DecodeSignature(names, null);
                break;
            case HandleKind.FieldDefinition:
                FieldDefinition field = reader.GetFieldDefinition((FieldDefinitionHandle)token);
                field.DecodeSignature(names, null);
                ReadToken(field.GetDeclaringType(), names);
                break;
            case HandleKind.MethodDefinition:
                MethodDefinition method = reader.GetMethodDefinition((MethodDefinitionHandle)token);
                method.DecodeSignature(names, null);
                ReadToken(method.GetDeclaringType(), names);
                break;
            case HandleKind.MemberReference:
                ReadToken(reader.GetMemberReference((MemberReferenceHandle)token).Parent, names);
                break;
            case HandleKind.MethodSpecification:
                MethodSpecification generic = reader.GetMethodSpecification((MethodSpecificationHandle)token);
                generic.DecodeSignature(names, null);
                ReadToken(generic.Method, names);
                break;
        }
    }

    /// <summary>Tells of every type of this assembly that a signature names.</summary>
    private sealed class TypeNames(Action<TypeDefinitionHandle> found) : ISignatureTypeProvider<bool, object?>
    {
        public bool GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
        {
            found(handle);
            return true;
        }

        public bool GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
            reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

        public bool GetArrayType(bool elementType, ArrayShape shape) => false;

        public bool GetByReferenceType(bool elementType) => false;

        public bool GetFunctionPointerType(MethodSignature<bool> signature) => false;

        public bool GetGenericInstantiation(bool genericType, ImmutableArray<bool> typeArguments) => false;

        public bool GetGenericMethodParameter(object? genericContext, int index) => false;

        public bool GetGenericTypeParameter(object? genericContext, int index) => false;

        public bool GetModifiedType(bool modifier, bool unmodifiedType, bool isRequired) => false;

        public bool GetPinnedType(bool elementType) => false;

        public bool GetPointerType(bool elementType) => false;

        public bool GetPrimitiveType(PrimitiveTypeCode typeCode) => false;

        public bool GetSZArrayType(bool elementType) => false;

        public bool GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => false;
    }
}
