namespace InceptionMl.Batch;

/// <summary>Walks bytes of Thrift's compact protocol without keeping any, to see that they are what they should be and end where they should.</summary>
internal ref struct CompactThrift(ReadOnlySpan<byte> bytes)
{
    private const int Deepest = 32;

    private readonly ReadOnlySpan<byte> bytes = bytes;
    private int at;

    /// <summary>Walks over a structure.</summary>
    /// <exception cref="InvalidDataException">It ends early, nests without end, or has another shape.</exception>
    public void Structure(ThriftShape shape, int depth = 0)
    {
        if (depth > Deepest)
        {
            throw Wrong();
        }

        for (int number = 0; ;)
        {
            int header = Next();
            ThriftType type = (ThriftType)(header & 15);
            if (type == ThriftType.Stop)
            {
                return;
            }

            int step = header >> 4;
            number = step > 0 ? number + step : (int)Unzigzag(Number());
            shape.Fields.TryGetValue(number, out ThriftShape? field);
            Value(type, field, depth, inField: true);
        }
    }

    private static long Unzigzag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);

    private static InvalidDataException Wrong() => new("is a damaged Parquet file: what it states of itself has no end or another form; write it again");

    private void Value(ThriftType type, ThriftShape? shape, int depth, bool inField)
    {
        if (shape?.Admits(type) == false)
        {
            throw Wrong();
        }

        switch (type)
        {
            case ThriftType.True or ThriftType.False:
                Skip(inField ? 0UL : 1);
                break;
            case ThriftType.Byte:
                Skip(1);
                break;
            case ThriftType.I16 or ThriftType.I32 or ThriftType.I64:
                Number();
                break;
            case ThriftType.Double:
                Skip(sizeof(double));
                break;
            case ThriftType.Binary:
                Skip(Number());
                break;
            case ThriftType.List or ThriftType.Set:
                Elements(shape?.Element, depth + 1);
                break;
            case ThriftType.Struct:
                Structure(shape ?? ThriftShape.Any, depth + 1);
                break;
            default:
                // Parquet's own structures have no maps.
                throw Wrong();
        }
    }

    private void Elements(ThriftShape? shape, int depth)
    {
        int header = Next();
        ulong count = (ulong)(header >> 4);
        count = count == 15 ? Number() : count;
        if (depth > Deepest || count > (ulong)(bytes.Length - at))
        {
            throw Wrong();
        }

        for (ulong i = 0; i < count; i++)
        {
            Value((ThriftType)(header & 15), shape, depth, inField: false);
        }
    }

    private ulong Number()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            int next = Next();
            value |= (ulong)(next & 127) << shift;
            if (next < 128)
            {
                return value;
            }
        }

        throw Wrong();
    }

    private int Next() => at < bytes.Length ? bytes[at++] : throw Wrong();

    private void Skip(ulong count)
    {
        if (count > (ulong)(bytes.Length - at))
        {
            throw Wrong();
        }

        at += (int)count;
    }
}

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

/// <summary>Type numbers of Thrift's compact protocol.</summary>
internal enum ThriftType
{
    Stop,
    True,
    False,
    Byte,
    I16,
    I32,
    I64,
    Double,
    Binary,
    List,
    Set,
    Map,
    Struct,
}
