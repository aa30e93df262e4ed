using System.Buffers.Binary;
using System.Text;

namespace InceptionMl.Networks.Tests.Weights.PyTorch;

/// <summary>Pickles written opcode by opcode, for what no honest program writes, and PyTorch's legacy file around them.</summary>
internal sealed class PickleWriter
{
    private readonly List<byte> bytes = [];

    public static byte[] Legacy(PickleWriter state, PickleWriter keys, params byte[][] storages) =>
    [
        .. new PickleWriter().Op(0x8a, 10).Op(0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19).End(),
        .. new PickleWriter().Op('M').Op(0xe9, 0x03).End(),
        .. new PickleWriter().Op('}').Text("little_endian").Op(0x88).Op('s').End(),
        .. state.End(),
        .. keys.End(),
        .. storages.SelectMany(storage => storage),
    ];

    public PickleWriter Op(params ReadOnlySpan<int> opcodes)
    {
        foreach (int opcode in opcodes)
        {
            bytes.Add((byte)opcode);
        }

        return this;
    }

    public PickleWriter Repeat(int count, Action<PickleWriter> write)
    {
        for (int i = 0; i < count; i++)
        {
            write(this);
        }

        return this;
    }

    public PickleWriter Raw(string text)
    {
        bytes.AddRange(Encoding.ASCII.GetBytes(text));
        return this;
    }

    public PickleWriter Text(string text) => Op('X').Int32(text.Length).Raw(text);

    public PickleWriter Int32(int value)
    {
        byte[] four = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(four, value);
        bytes.AddRange(four);
        return this;
    }

    public PickleWriter Number(int value) => Op('J').Int32(value);

    public PickleWriter Global(string module, string name) => Op('c').Raw($"{module}\n{name}\n");

    /// <summary>A storage, on the stack.</summary>
    public PickleWriter Storage(string key, int count) =>
        Op('(').Text("storage").Global("torch", "FloatStorage").Text(key).Text("cpu").Number(count).Op('t', 'Q');

    /// <summary>A float32 tensor over a storage of its own key.</summary>
    public PickleWriter Tensor(string key, int count, int offset, int[] size, int[] stride)
    {
        Global("torch._utils", "_rebuild_tensor").Op('(').Storage(key, count).Number(offset);
        Op('(').Repeat(1, w => Array.ForEach(size, v => w.Number(v))).Op('t');
        return Op('(').Repeat(1, w => Array.ForEach(stride, v => w.Number(v))).Op('t', 't', 'R');
    }

    public byte[] End() => [0x80, 2, .. bytes, (byte)'.'];
}
