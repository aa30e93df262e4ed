using System.Collections.Immutable;
using InceptionMl.Networks.Onnx;

namespace InceptionMl.Networks.TensorFlow;

/// <summary>Pools and means. TensorFlow's averages never count padding, which is ONNX's default too.</summary>
internal static class PoolOperators
{
    public static GraphValue MaxPool(ConversionStep step)
    {
        (RuntimeValue map, SlidingWindow window) = Pool(step);
        string output = step.Emit("MaxPool", [map.Tensor], window.Attributes());
        return step.Result(output, [map.Shape[0], window.Rows, window.Columns, map.Shape[3]], networked: true);
    }

    public static GraphValue AveragePool(ConversionStep step)
    {
        (RuntimeValue map, SlidingWindow window) = Pool(step);
        if (window is { Rows: 1, Columns: 1 } && window.Kernel.Height >= map.Shape[1] && window.Kernel.Width >= map.Shape[2])
        {
            string mean = step.Emit("GlobalAveragePool", [map.Tensor]);
            return step.Result(mean, [map.Shape[0], 1, 1, map.Shape[3]], networked: true) with { PooledFrom = map };
        }

        string output = step.Emit("AveragePool", [map.Tensor], window.Attributes());
        return step.Result(output, [map.Shape[0], window.Rows, window.Columns, map.Shape[3]], networked: true);
    }

    public static GraphValue Mean(ConversionStep step)
    {
        RuntimeValue value = step.Runtime(0);
        int rank = value.Shape.Length;
        SortedSet<int> axes = [.. step.Integers(1).Select(axis => step.Axis(axis, rank))];
        bool keep = step.Node.Flag("keep_dims", false);
        if (axes.Count == 0 || axes.Contains(0))
        {
            throw step.Refuse("takes the mean over the images of a batch, or over nothing");
        }

        if (rank == Dimensions.MapRank && axes.SetEquals([1, 2]))
        {
            return MeanOfPositions(step, value, keep);
        }

        ImmutableArray<long> shape =
            [.. value.Shape.Select((dimension, axis) => axes.Contains(axis) ? 1 : dimension).Where((_, axis) => keep || !axes.Contains(axis))];
        if (rank == Dimensions.MapRank && !keep && !axes.Contains(3))
        {
            throw step.Refuse("takes the mean over rows or columns alone and drops them: what is left would have to be transposed");
        }

        string mean = step.Emit(
            "ReduceMean",
            [value.Tensor],
            Proto.Attribute("axes", [.. axes.Select(axis => (long)Dimensions.StoredAxis(axis, rank)).Order()]),
            Proto.Attribute("keepdims", keep ? 1 : 0));
        return step.Result(mean, shape, networked: true);
    }

    private static RuntimeValue MeanOfPositions(ConversionStep step, RuntimeValue map, bool keep)
    {
        string mean = step.Emit("GlobalAveragePool", [map.Tensor]);
        RuntimeValue pooled = keep
            ? step.Result(mean, [map.Shape[0], 1, 1, map.Shape[3]], networked: true)
            : step.Result(step.Emit("Flatten", [mean], Proto.Attribute("axis", 1)), [map.Shape[0], map.Shape[3]], networked: true);
        return pooled with { PooledFrom = map };
    }

    private static (RuntimeValue Map, SlidingWindow Window) Pool(ConversionStep step)
    {
        step.RequireChannelsLast();
        RuntimeValue map = step.Map(0);
        return step.Node.Integers("ksize") is [1, long height, long width, 1]
            ? (map, new SlidingWindow(step, map, height, width))
            : throw step.Refuse($"has a ksize of {string.Join(", ", step.Node.Integers("ksize"))}; 1, height, width, 1 was expected");
    }
}
