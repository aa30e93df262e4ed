namespace InceptionMl.Networks.Tests.Onnx;

/// <summary>How far two vectors are apart: the largest difference over the largest value expected.</summary>
internal static class RelativeError
{
    public static void AssertBelow(double tolerance, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = 0;
        double difference = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            scale = Math.Max(scale, Math.Abs(expected[i]));
            difference = Math.Max(difference, Math.Abs((double)expected[i] - actual[i]));
        }

        Assert.True(scale > 0.1, $"nothing to compare: the largest value expected is {scale}");
        Assert.True(difference <= tolerance * scale, $"apart by {difference / scale:g3} of the largest value; {tolerance:g3} is allowed");
    }
}
