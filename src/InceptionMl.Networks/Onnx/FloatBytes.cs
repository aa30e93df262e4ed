using System.Buffers;
using System.Runtime.InteropServices;

namespace InceptionMl.Networks.Onnx;

/// <summary>Values seen as the bytes they are, so that a message holds a network's weights without a copy of its own.</summary>
internal sealed class FloatBytes(ReadOnlyMemory<float> values) : MemoryManager<byte>
{
    public override Span<byte> GetSpan() => MemoryMarshal.AsBytes(MemoryMarshal.AsMemory(values).Span);

    public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
