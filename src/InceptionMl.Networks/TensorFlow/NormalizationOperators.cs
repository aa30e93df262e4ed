using InceptionMl.Networks.Onnx;

namespace InceptionMl.Networks.TensorFlow;

/// <summary>Biases, batch and local response normalization.</summary>
internal static class NormalizationOperators
{
    public static GraphValue BiasAdd(ConversionStep step)
    {
        step.RequireChannelsLast();
        RuntimeValue value = step.Runtime(0);
        if (value.Shape.IsEmpty)
        {
            throw step.Refuse("adds a bias to a scalar");
        }

        return step.Result(step.Emit("Add", [value.Tensor, step.PerChannelOf(1, value)]), value.Shape);
    }

    /// <summary>BatchNormWithGlobalNormalization: input, mean, variance, beta, gamma.</summary>
    public static GraphValue GlobalNormalization(ConversionStep step)
    {
        RuntimeValue map = step.Map(0);
        string gamma = step.Node.Flag("scale_after_normalization", false) ? step.PerChannel(4, map.Shape[3]) : Ones(step, 1);
        return Normalize(step, map, step.Node.Float("variance_epsilon", 0), gamma, beta: 3, mean: 1, variance: 2);
    }

    /// <summary>FusedBatchNorm and its later versions: input, gamma, beta, mean, variance.</summary>
    public static GraphValue FusedNormalization(ConversionStep step)
    {
        step.RequireChannelsLast();
        if (step.Node.Flag("is_training", true))
        {
            throw step.Refuse("normalizes by the batch at hand (is_training), as a graph in training does; freeze the graph for inference");
        }

        RuntimeValue map = step.Map(0);
        return Normalize(step, map, step.Node.Float("epsilon", 1e-4f), step.PerChannel(1, map.Shape[3]), beta: 2, mean: 3, variance: 4);
    }

    public static GraphValue LocalResponse(ConversionStep step)
    {
        RuntimeValue map = step.Map(0);
        long radius = step.Node.Integer("depth_radius", 5);
        if (radius is < 0 or > 1 << 16)
        {
            throw step.Refuse($"has a depth_radius of {radius}");
        }

        // TensorFlow weighs the sum of squares, ONNX their mean over the whole window.
        long size = (2 * radius) + 1;
        string output = step.Emit(
            "LRN",
            [map.Tensor],
            Proto.Attribute("size", size),
            Proto.Attribute("alpha", step.Node.Float("alpha", 1) * size),
            Proto.Attribute("beta", step.Node.Float("beta", 0.5f)),
            Proto.Attribute("bias", step.Node.Float("bias", 1)));
        return step.Result(output, map.Shape);
    }

    private static RuntimeValue Normalize(ConversionStep step, RuntimeValue map, float epsilon, string gamma, int beta, int mean, int variance)
    {
        if (step.Reals(variance).Reals!.Any(value => value + epsilon <= 0))
        {
            throw step.Refuse("has a variance that is not positive: the file is damaged");
        }

        long channels = step.Reals(variance).Count;
        string output = step.Emit(
            "BatchNormalization",
            [map.Tensor, gamma, step.PerChannel(beta, channels), step.PerChannel(mean, channels), step.PerChannel(variance, map.Shape[3])],
            Proto.Attribute("epsilon", epsilon));
        return step.Result(output, map.Shape);
    }

    private static string Ones(ConversionStep step, int like)
    {
        Constant constant = step.Reals(like);
        return step.Assembly.Initializer(step.Node, constant, "ones", () => ([constant.Count], Enumerable.Repeat(1f, constant.Count).ToArray()));
    }
}
