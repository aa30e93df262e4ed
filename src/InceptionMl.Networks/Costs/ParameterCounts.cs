using InceptionMl.Networks.Graph;

namespace InceptionMl.Networks.Costs;

/// <summary>
/// Parameters counted as Keras counts them. PyTorch calls the running statistics of batch normalization buffers and leaves them
/// out, so its count is <see cref="Trainable"/>.
/// </summary>
/// <param name="Trainable">Weights, biases, gammas and betas.</param>
/// <param name="NonTrainable">Running means and variances.</param>
public readonly record struct ParameterCounts(long Trainable, long NonTrainable)
{
    /// <summary>Gets all of them.</summary>
    public long Total => Trainable + NonTrainable;

    /// <summary>Counts parameters.</summary>
    /// <param name="parameters">The parameters.</param>
    public static ParameterCounts Sum(IEnumerable<Parameter> parameters)
    {
        ILookup<bool, Parameter> trainable = parameters.ToLookup(parameter => parameter.Trainable);
        return new ParameterCounts(trainable[true].Sum(parameter => parameter.Count), trainable[false].Sum(parameter => parameter.Count));
    }
}
