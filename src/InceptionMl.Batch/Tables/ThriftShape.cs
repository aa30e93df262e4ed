namespace InceptionMl.Batch.Tables;

/// <summary>What a field of Thrift's compact protocol may be.</summary>
internal sealed record ThriftShape
{
    private ThriftShape(ThriftType type) => Type = type;

    public static ThriftShape Truth { get; } = new(ThriftType.True);

    public static ThriftShape Whole { get; } = new(ThriftType.I32);

    public static ThriftShape Bytes { get; } = new(ThriftType.Binary);

    /// <summary>Gets a structure of which no field is known.</summary>
    public static ThriftShape Any { get; } = new(ThriftType.Struct);

    public ThriftType Type { get; }

    /// <summary>Gets a list's elements.</summary>
    public ThriftShape? Element { get; private init; }

    /// <summary>Gets a structure's fields by their numbers; others may stand beside them.</summary>
    public IReadOnlyDictionary<int, ThriftShape> Fields { get; private init; } = new Dictionary<int, ThriftShape>();

    public static ThriftShape ListOf(ThriftShape element) => new(ThriftType.List) { Element = element };

    public static ThriftShape Structure(params (int Number, ThriftShape Shape)[] fields) =>
        new(ThriftType.Struct) { Fields = fields.ToDictionary(field => field.Number, field => field.Shape) };

    /// <summary>Determines whether a type on the wire is this one; integers of all widths but a byte are written alike.</summary>
    public bool Admits(ThriftType type) => Type switch
    {
        ThriftType.True => type is ThriftType.True or ThriftType.False,
        ThriftType.I32 => type is ThriftType.I16 or ThriftType.I32 or ThriftType.I64,
        _ => type == Type,
    };
}
