using InceptionMl.Networks.Operations;

namespace InceptionMl.Networks.Graph;

/// <summary>Asks an operation for its output shape, and says which layer of which network it was where it cannot answer.</summary>
internal static class ShapeInference
{
    public static TensorShape Infer(string network, string layer, Operation operation, IReadOnlyList<TensorShape> inputs)
    {
        try
        {
            return operation.OutputShape(inputs);
        }
        catch (ShapeException exception)
        {
            throw new ShapeException($"{network}, layer {layer}: {exception.Message}", exception) { Reason = exception.Reason };
        }
    }
}
