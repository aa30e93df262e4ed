namespace InceptionMl.Models.Internal;

/// <summary>Logits to probabilities that sum to 1.</summary>
public static class Softmax
{
    /// <summary>Replaces logits by softmax(logits / temperature), summed from the first to the last in double precision.</summary>
    public static void InPlace(Span<float> logits, double temperature = 1)
    {
        double highest = double.NegativeInfinity;
        foreach (float logit in logits)
        {
            highest = Math.Max(highest, logit);
        }

        double sum = 0;
        foreach (float logit in logits)
        {
            sum += Math.Exp((logit - highest) / temperature);
        }

        for (int c = 0; c < logits.Length; c++)
        {
            logits[c] = (float)(Math.Exp((logits[c] - highest) / temperature) / sum);
        }
    }
}
