using System.Text;
using CsCheck;

namespace InceptionMl.Training.Tests.Settings;

public sealed class PipelineMutationTests
{
    private const long Iterations = 5000;

    private static readonly byte[] Interesting = [.. "\"{}[],:/*\\\0\n-.9eutf"u8, 0x80, 0xC3, 0xED, 0xFF];

    private static readonly Gen<(int Place, int Length, int With)[]> Edits = Gen.Select(Gen.Int[0, 5000], Gen.Int[0, 3], Gen.Int[0, 1000]).Array[1, 6];

    private static byte[] Mutate(byte[] original, (int Place, int Length, int With)[] edits)
    {
        List<byte> bytes = [.. original];
        foreach ((int place, int length, int with) in edits)
        {
            int at = place % bytes.Count;
            bytes.RemoveRange(at, Math.Min(length, bytes.Count - at));
            bytes.Insert(at, Interesting[with % Interesting.Length]);
        }

        return [.. bytes];
    }

    private static void ReadsOrRefuses(byte[] bytes, string name)
    {
        try
        {
            Assert.NotEmpty(PipelineFile.Parse(bytes, "/nowhere", name).Data);
        }
        catch (PipelineException exception)
        {
            Assert.StartsWith(name, exception.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', exception.Message);
        }
    }

    [Fact]
    public void A_damaged_pipeline_is_read_or_refused_with_its_name() =>
        Edits.Sample(edits => ReadsOrRefuses(Mutate(Encoding.UTF8.GetBytes(PipelineSamples.Full), edits), "p.json"), iter: Iterations);

    [Fact]
    public void A_damaged_mbconfig_is_read_or_refused_with_its_name() =>
        Edits.Sample(edits => ReadsOrRefuses(Mutate(Encoding.UTF8.GetBytes(MbConfigTests.Current("/")), edits), "m.mbconfig"), iter: Iterations);

    [Fact]
    public void Any_bytes_are_refused() => Gen.Byte.Array[0, 200].Sample(bytes => ReadsOrRefuses(bytes, "p.json"), iter: Iterations);
}
