using CsCheck;
using InceptionMl.Networks.Graph;
using InceptionMl.Networks.TensorFlow;
using InceptionMl.Networks.TensorFlow.Internal;
using InceptionMl.Networks.Weights;

namespace InceptionMl.Networks.Tests.TensorFlow;

public sealed class DamagedGraphTests
{
    private const int MostMemory = 32 << 20;

    [Theory]
    [InlineData("classify_image.pb")]
    [InlineData("inception5h.pb")]
    [InlineData("slim.pb")]
    [InlineData("residual.meta")]
    public void Damage_anywhere_is_refused_or_read_never_worse(string name)
    {
        byte[] whole = File.ReadAllBytes(Goldens.Path(name));
        Gen<(int, byte)[]> damage = Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte).Array[1, 12];
        Gen.Select(damage, Gen.Int[0, whole.Length - 1], Gen.Int[0, 64], Gen.Int[0, 3]).Sample(
            (bytes, position, length, kind) =>
            {
                byte[] file = [.. whole];
                foreach ((int place, byte value) in bytes)
                {
                    file[place] = value;
                }

                int end = Math.Min(file.Length, position + length);
                Survives(kind switch
                {
                    0 => file[..position],
                    1 => [.. file[..position], .. file[end..]],
                    2 => [.. file[..end], .. file[position..]],
                    _ => file,
                });
            },
            iter: 2000);
    }

    // Weights take most of a file; damage to names, shapes and attributes is where a reader goes wrong.
    [Theory]
    [InlineData("classify_image.pb")]
    [InlineData("slim.pb")]
    [InlineData("residual.meta")]
    public void Damage_to_what_is_not_weights_is_refused_or_read_never_worse(string name)
    {
        byte[] whole = File.ReadAllBytes(Goldens.Path(name));
        int[] places = [.. Enumerable.Range(2, whole.Length - 4).Where(i => whole.AsSpan(i - 2, 5).ToArray().Count(b => b is < 0x20 or (>= (byte)'/' and <= (byte)'z')) == 5)];
        Gen.Select(Gen.Int[0, places.Length - 1], Gen.OneOf(Gen.Byte, Gen.Byte[0, 12], Gen.Byte[0x7f, 0x80])).Array[1, 3].Sample(
            damage =>
            {
                byte[] file = [.. whole];
                foreach ((int index, byte value) in damage)
                {
                    file[places[index]] = value;
                }

                Survives(file);
            },
            iter: 2000);
    }

    private static void Survives(byte[] file)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            TensorFlowGraph.Convert(new MemoryStream(file), "test.pb", new TensorFlowConversion { Logits = true, ImageSize = new Extent(32, 32) });
        }
        catch (WeightException)
        {
        }

        long taken = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(taken < MostMemory, $"{taken} bytes were taken for a file of {file.Length}");
    }
}
