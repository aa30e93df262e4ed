using InceptionMl.Networks.Architectures;
using InceptionMl.Networks.Onnx;
using InceptionMl.TestSupport;

namespace InceptionMl.Benchmarks.Tool;

/// <summary>Writes a network as ONNX with the weights of the formula that the golden scripts repeat.</summary>
internal static class Emit
{
    /// <summary>Writes it.</summary>
    /// <param name="name">The network.</param>
    /// <param name="onnx">The file.</param>
    /// <param name="bound">Whether it takes its published image size only and pads explicitly, as OpenCV wants it.</param>
    public static int Run(string name, string onnx, bool bound)
    {
        if (NetworkCatalog.Find(name) is not { } network)
        {
            Console.Error.WriteLine($"{name} is none of {string.Join(", ", NetworkCatalog.Names)}");
            return 2;
        }

        OnnxWriter.Write(network, new FormulaWeights(), onnx, new OnnxEmission { ImageSize = bound ? network.Image.Size : null, ExplicitPadding = bound });
        return 0;
    }
}
