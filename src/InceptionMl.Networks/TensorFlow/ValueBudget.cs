namespace InceptionMl.Networks.TensorFlow;

/// <summary>
/// How many values may still be made that no byte of the file holds: one value repeated to fill a shape, or arithmetic between
/// constants. Batch normalization needs some hundred thousand of them at most.
/// </summary>
internal sealed class ValueBudget
{
    private long left = 1 << 20;

    /// <summary>Takes from the budget; false if it is spent.</summary>
    public bool TrySpend(long values)
    {
        if (values > left)
        {
            return false;
        }

        left -= values;
        return true;
    }
}
