#:project ../../../src/InceptionMl.Networks/InceptionMl.Networks.csproj

// dotnet run -c Release emit.cs -- NETWORK MODEL.onnx [fixed]
// Writes a network as ONNX with the weights of the formula that the golden scripts repeat; `fixed` binds it to its published
// image size and pads explicitly, as OpenCV wants it.
using InceptionMl.Networks.Architectures;
using InceptionMl.Networks.Onnx;
using InceptionMl.Networks.Weights;

if (args.Length < 2 || NetworkCatalog.Find(args[0]) is not { } network)
{
    Console.Error.WriteLine($"usage: emit.cs NETWORK MODEL.onnx [fixed], NETWORK one of {string.Join(", ", NetworkCatalog.Names)}");
    return 2;
}

bool bound = args.Length > 2;
OnnxWriter.Write(
    network, new FormulaWeights(), args[1], new OnnxEmission { ImageSize = bound ? network.Image.Size : null, ExplicitPadding = bound });
return 0;
