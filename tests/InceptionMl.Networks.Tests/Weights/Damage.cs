using InceptionMl.Networks.Weights;
using InceptionMl.TestSupport;

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
            byte[] file = Mutation.Apply(whole, random);
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
}
