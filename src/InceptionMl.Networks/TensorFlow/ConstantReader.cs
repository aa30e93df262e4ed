using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Google.Protobuf.Collections;

namespace InceptionMl.Networks.TensorFlow;

/// <summary>
/// Turns a TensorProto into numbers: from <c>tensor_content</c>, or from a list of values of which the last fills what is left of
/// the shape. A shape is believed only as far as the content bears it.
/// </summary>
internal sealed class ConstantReader(ValueBudget budget)
{
    private const int MostDimensions = 8;

    /// <summary>Gets the constant; null with the reason where it cannot be read.</summary>
    public Constant? Read(TensorProto tensor, out string? problem)
    {
        DataType type = (DataType)tensor.Dtype;
        if (type is not (DataType.Float or DataType.Double or DataType.Half or DataType.Int32 or DataType.Int64))
        {
            problem = $"holds elements of type {type}; float32, float64, float16, int32 and int64 are read";
            return null;
        }

        problem = Shape(tensor, out ImmutableArray<int> shape, out int count);
        if (problem is not null)
        {
            return null;
        }

        float[]? reals = null;
        long[]? integers = null;
        problem = type switch
        {
            DataType.Float => Fill(tensor, tensor.FloatVal, count, static (float value) => value, out reals),
            DataType.Double => Fill(tensor, tensor.DoubleVal, count, static (double value) => (float)value, out reals),
            DataType.Half => FillHalves(tensor, count, out reals),
            DataType.Int32 => Fill(tensor, tensor.IntVal, count, static (int value) => (long)value, out integers),
            _ => Fill(tensor, tensor.Int64Val, count, static (long value) => value, out integers),
        };
        return problem is null ? new Constant(shape, reals, integers) : null;
    }

    private static string? Shape(TensorProto tensor, out ImmutableArray<int> shape, out int count)
    {
        shape = [];
        count = 0;
        RepeatedField<TensorShapeProto.Types.Dim> dims = tensor.TensorShape?.Dim ?? [];
        if (dims.Count > MostDimensions || tensor.TensorShape?.UnknownRank == true)
        {
            return $"has a shape of {dims.Count} dimensions or of unknown rank";
        }

        long product = 1;
        foreach (TensorShapeProto.Types.Dim dim in dims)
        {
            if (dim.Size is < 0 or > int.MaxValue || (product *= dim.Size) > Array.MaxLength)
            {
                return $"has a shape of {string.Join(" x ", dims.Select(d => d.Size))}, which no file holds";
            }
        }

        shape = [.. dims.Select(dim => (int)dim.Size)];
        count = (int)product;
        return null;
    }

    private string? Fill<TStored, TValue>(
        TensorProto tensor, RepeatedField<TStored> list, int count, Func<TStored, TValue> convert, out TValue[]? values)
        where TStored : unmanaged
        where TValue : unmanaged
    {
        values = null;
        if (tensor.TensorContent.IsEmpty)
        {
            if (list.Count > count)
            {
                return $"lists {list.Count} values for a shape of {count}";
            }

            if (list.Count < count && !budget.TrySpend(count - list.Count))
            {
                return $"lists {list.Count} values for a shape of {count}; more values are repeated in this file than a network needs";
            }

            values = new TValue[count];
            for (int i = 0; i < list.Count; i++)
            {
                values[i] = convert(list[i]);
            }

            values.AsSpan(list.Count).Fill(list.Count > 0 ? values[list.Count - 1] : default);
            return null;
        }

        ReadOnlySpan<byte> content = tensor.TensorContent.Span;
        if (content.Length != (long)count * Marshal.SizeOf<TStored>())
        {
            return $"holds {content.Length} bytes for a shape of {count} values";
        }

        values = new TValue[count];
        if (typeof(TStored) == typeof(TValue))
        {
            content.CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
            return null;
        }

        ReadOnlySpan<TStored> stored = MemoryMarshal.Cast<byte, TStored>(content);
        for (int i = 0; i < count; i++)
        {
            values[i] = convert(stored[i]);
        }

        return null;
    }

    // A list of halves holds their bits in integers; the content holds them as they are.
    private string? FillHalves(TensorProto tensor, int count, out float[]? values) => tensor.TensorContent.IsEmpty
        ? Fill(tensor, tensor.HalfVal, count, static (int bits) => (float)BitConverter.UInt16BitsToHalf((ushort)bits), out values)
        : Fill(tensor, [], count, static (Half value) => (float)value, out values);
}

/// <summary>
/// How many values may still be made that no byte of the file holds: one value repeated to fill a shape, or arithmetic between
/// constants. Batch normalization needs some hundred thousand of them at most.
/// </summary>
internal sealed class ValueBudget
{
    private long left = 1 << 20;

    /// <summary>Takes from the budget; false if it is spent.</summary>
    public bool TrySpend(long values)
    {
        if (values > left)
        {
            return false;
        }

        left -= values;
        return true;
    }
}
