using System.Text;

namespace InceptionMl.Networks.Weights.PyTorch;

/// <summary>The bytes of one pickle inside a file: read through a small buffer, never past its end, and never held whole.</summary>
internal sealed class PickleBytes
{
    // A network's pickle names some thousand tensors in about two hundred bytes each.
    private const int Longest = 16 << 20;
    private const int LongestText = 1 << 16;
    private readonly Stream stream;
    private readonly string source;
    private readonly long end;
    private readonly byte[] buffer = new byte[4096];
    private long bufferStart;
    private int at;
    private int filled;
    private long opcodeOffset;

    public PickleBytes(Stream stream, string source, long start, long end)
    {
        this.stream = stream;
        this.source = source;
        this.end = Math.Min(end, start + Longest);
        bufferStart = start;
        stream.Position = start;
    }

    /// <summary>Gets where in the file the next byte stands.</summary>
    public long Offset => bufferStart + at;

    public PickleOpcode Opcode()
    {
        opcodeOffset = Offset;
        return (PickleOpcode)Byte();
    }

    public byte Byte()
    {
        if (at == filled)
        {
            Fill();
        }

        return buffer[at++];
    }

    public byte[] Take(int count)
    {
        if (count < 0 || count > end - Offset)
        {
            throw Error($"{count} bytes are announced and {end - Offset} are left: the file is cut short or damaged");
        }

        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++)
        {
            bytes[i] = Byte();
        }

        return bytes;
    }

    public string Text(int count)
    {
        if (count is < 0 or > LongestText)
        {
            throw Error($"a text of {(uint)count} bytes is announced; {LongestText} is the limit, and no name of a tensor needs more");
        }

        return Encoding.UTF8.GetString(Take(count));
    }

    /// <summary>Text up to the end of the line.</summary>
    public string Line()
    {
        List<byte> line = [];
        for (byte next = Byte(); next != '\n'; next = Byte())
        {
            line.Add(next);
            if (line.Count > 1024)
            {
                throw Error("a name is longer than 1024 bytes");
            }
        }

        return Encoding.UTF8.GetString([.. line]);
    }

    /// <summary>What is wrong at the opcode being read.</summary>
    public WeightException Error(string problem) => new($"{source}, byte {opcodeOffset}: {problem}.");

    private void Fill()
    {
        bufferStart += filled;
        at = 0;
        filled = stream.Read(buffer, 0, (int)Math.Min(buffer.Length, end - bufferStart));
        if (filled == 0)
        {
            throw Error($"the pickle does not end, or is longer than {Longest} bytes: the file is cut short or damaged. Fetch it again");
        }
    }
}
