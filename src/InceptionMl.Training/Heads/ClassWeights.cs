namespace InceptionMl.Training;

/// <summary>Weights that let every class count alike.</summary>
internal static class ClassWeights
{
    /// <summary>One weight per row: n / (K n_c) for class c of K present ones, so that the weights sum to n.</summary>
    /// <param name="labels">The class of each row, from 0.</param>
    /// <param name="classes">Classes.</param>
    public static float[] Balanced(ReadOnlySpan<int> labels, int classes)
    {
        int[] counts = new int[classes];
        foreach (int label in labels)
        {
            counts[label]++;
        }

        int present = classes - counts.AsSpan().Count(0);
        float[] weights = new float[labels.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = (float)(labels.Length / ((double)present * counts[labels[i]]));
        }

        return weights;
    }
}
