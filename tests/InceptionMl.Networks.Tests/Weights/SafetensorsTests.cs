using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using CsCheck;
using InceptionMl.Networks.Weights;

namespace InceptionMl.Networks.Tests.Weights;

public sealed class SafetensorsTests
{
    private const string TwoTensors =
        """{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},"b":{"dtype":"F32","shape":[],"data_offsets":[16,20]}}""";

    [Fact]
    public void Tensors_come_back_by_name_with_shape_and_values()
    {
        TensorStore store = Read(TwoTensors, [1, 2, 3, 4, 5]);

        Assert.Equal(["a", "b"], store.Names.Order());
        Assert.True(store.TryGet("a", out Tensor? a));
        Assert.Equal([2, 2], a.Shape);
        Assert.Equal([1f, 2, 3, 4], a.Values.ToArray());
        Assert.True(store.TryGet("b", out Tensor? b));
        Assert.Equal([5f], b.Values.ToArray());
    }

    [Fact]
    public void Tensors_may_stand_in_any_order_in_the_header()
    {
        TensorStore store = Read(
            """{"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}  """, [1, 2]);

        Assert.True(store.TryGet("b", out Tensor? b));
        Assert.Equal([2f], b.Values.ToArray());
    }

    [Fact]
    public void Every_type_that_networks_are_saved_in_becomes_float32()
    {
        TensorStore store = Safetensors.Read(new MemoryStream(AllTypes()), "test.safetensors");

        foreach (string type in (string[])["F64", "F32", "F16", "BF16", "I64", "I32"])
        {
            Assert.True(store.TryGet(type, out Tensor? tensor), type);
            Assert.Equal([3], tensor.Shape);
            Assert.Equal([1f, -2, 4096], tensor.Values.ToArray());
        }
    }

    [Fact]
    public void Damage_to_any_type_is_refused_or_read_in_bounded_memory_never_worse() =>
        Damage.Sweep(AllTypes(), stream => Safetensors.Read(stream, "test.safetensors"));

    [Theory]
    [InlineData("not json", "damaged")]
    [InlineData("[]", "damaged")]
    [InlineData("""{"a":5}""", "damaged")]
    [InlineData("""{"a":{"dtype":"F32","shape":[5]}}""", "data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":5,"data_offsets":[0,20]}}""", "damaged")]
    [InlineData("""{"a":{"dtype":"F32","shape":[5],"data_offsets":[0,20,20]}}""", "data_offsets")]
    [InlineData("""{"a":{"dtype":"U32","shape":[5],"data_offsets":[0,20]}}""", "U32")]
    [InlineData("""{"a":{"dtype":null,"shape":[5],"data_offsets":[0,20]}}""", "null")]
    [InlineData("""{"a":{"dtype":"F16","shape":[5],"data_offsets":[0,20]}}""", "bytes 0 to 20")]
    [InlineData("""{"a":{"dtype":"I64","shape":[5],"data_offsets":[0,20]}}""", "bytes 0 to 20")]
    [InlineData("""{"a":{"dtype":"F64","shape":[],"data_offsets":[0,20]}}""", "bytes 0 to 20")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,20]}}""", "bytes 0 to 20")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-5],"data_offsets":[0,20]}}""", "bytes 0 to 20")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1,-5],"data_offsets":[0,20]}}""", "bytes 0 to 20")]
    [InlineData("""{"a":{"dtype":"F32","shape":[5],"data_offsets":[20,0]}}""", "bytes 20 to 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[5],"data_offsets":[-20,0]}}""", "bytes -20 to 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2147483647,2147483647,2147483647,2147483647,2147483647,5],"data_offsets":[0,20]}}""", "bytes 0 to 20")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,5],"data_offsets":[0,20]}}""", "dimensions")]
    [InlineData("""{"a":{"dtype":"F32","shape":[9999999999],"data_offsets":[0,20]}}""", "damaged")]
    [InlineData("""{"a":{"dtype":"F32","shape":[10],"data_offsets":[0,40]}}""", "cut short")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""", "16 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[4,20]}}""", "gap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]},"b":{"dtype":"F32","shape":[3],"data_offsets":[8,20]}}""", "overlap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[5],"data_offsets":[0,20]},"a":{"dtype":"F32","shape":[5],"data_offsets":[0,20]}}""", "twice")]
    [InlineData("""{"a":{"dtype":"F32","shape":[536870912],"data_offsets":[0,2147483648]}}""", "cannot lie")]
    public void A_header_that_lies_is_refused_with_the_reason(string header, string reason)
    {
        string message = Assert.Throws<WeightException>(() => Read(header, [1, 2, 3, 4, 5])).Message;

        Assert.StartsWith("test.safetensors", message);
        Assert.Contains(reason, message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(8)]
    public void A_file_that_ends_early_is_refused(int length) =>
        Assert.Throws<WeightException>(() => Safetensors.Read(new MemoryStream(File(TwoTensors, [1, 2, 3, 4, 5])[..length]), "test.safetensors"));

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 62)]
    [InlineData(1_000_000_000UL)]
    public void A_header_longer_than_the_file_takes_no_memory(ulong length)
    {
        byte[] file = File(TwoTensors, [1, 2, 3, 4, 5]);
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);

        Assert.Throws<WeightException>(() => Safetensors.Read(new MemoryStream(file), "test.safetensors"));
    }

    [Fact]
    public void Damage_anywhere_is_refused_or_read_never_worse()
    {
        byte[] whole = File(TwoTensors, [1, 2, 3, 4, 5]);
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte, Gen.Int[0, whole.Length]).Sample(
            (position, value, length) =>
            {
                byte[] file = [.. whole];
                file[position] = value;
                try
                {
                    Safetensors.Read(new MemoryStream(file[..length]), "test.safetensors");
                }
                catch (WeightException)
                {
                }
            },
            iter: 2000);
    }

    private static TensorStore Read(string header, float[] values) => Safetensors.Read(new MemoryStream(File(header, values)), "test.safetensors");

    private static byte[] AllTypes()
    {
        double[] values = [1, -2, 4096];
        (string Type, byte[] Bytes)[] tensors =
        [
            ("F64", [.. values.SelectMany(BitConverter.GetBytes)]),
            ("F32", [.. values.SelectMany(value => BitConverter.GetBytes((float)value))]),
            ("F16", [.. values.SelectMany(value => BitConverter.GetBytes((Half)value))]),
            ("BF16", [.. values.SelectMany(value => BitConverter.GetBytes((float)value)[2..])]),
            ("I64", [.. values.SelectMany(value => BitConverter.GetBytes((long)value))]),
            ("I32", [.. values.SelectMany(value => BitConverter.GetBytes((int)value))]),
        ];
        int end = 0;
        string header = string.Join(',', tensors.Select(tensor =>
            FormattableString.Invariant($$"""
            "{{tensor.Type}}":{"dtype":"{{tensor.Type}}","shape":[3],"data_offsets":[{{end}},{{end += tensor.Bytes.Length}}]}
            """)));
        return File("{" + header + "}", [.. tensors.SelectMany(tensor => tensor.Bytes)]);
    }

    private static byte[] File(string header, float[] values) => File(header, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    private static byte[] File(string header, byte[] values)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        return [.. length, .. text, .. values];
    }
}
