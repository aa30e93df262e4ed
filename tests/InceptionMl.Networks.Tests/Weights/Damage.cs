using InceptionMl.Networks.Weights;

namespace InceptionMl.Networks.Tests.Weights;

/// <summary>Two thousand damaged copies of a file: what a reader may do with one is read it or refuse it.</summary>
internal static class Damage
{
    private const int Files = 2000;

    // A reader's own small buffers and messages; anything taken from a size the file only claims would be far beyond.
    private const long Slack = 1 << 20;

    public static void Sweep(byte[] whole, Action<Stream> read)
    {
        Random random = new(20151211);
        int refused = 0;
        for (int i = 0; i < Files; i++)
        {
            byte[] file = Mutate(whole, random);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                read(new MemoryStream(file));
            }
            catch (WeightException)
            {
                refused++;
            }

            long taken = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(taken <= Slack + (8 * file.Length), $"file {i} of {file.Length} bytes took {taken} bytes of memory");
        }

        Assert.True(refused > Files / 20, $"only {refused} files were refused: is anything checked?");
    }

    private static byte[] Mutate(byte[] whole, Random random)
    {
        byte[] file = [.. whole];
        for (int changes = random.Next(1, 5); changes > 0; changes--)
        {
            int at = random.Next(file.Length);
            switch (random.Next(5))
            {
                case 0:
                    file[at] = (byte)random.Next(256);
                    break;
                case 1:
                    file[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    file.AsSpan(at, Math.Min(random.Next(1, 9), file.Length - at)).Fill((byte)(random.Next(2) * 255));
                    break;
                case 3:
                    file = [.. file[..at], .. file[random.Next(at, Math.Min(file.Length, at + 32))..]];
                    break;
                default:
                    file = [.. file[..at], .. file[random.Next(file.Length)..][..1], .. file[at..]];
                    break;
            }
        }

        return file;
    }
}
