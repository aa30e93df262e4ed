// Loads a model zip with plain ML.NET and scores the images whose paths come on standard input, one a line. Writes one line of
// JSON an image: {"path":"..","label":"..","scores":{"label":probability,...}}.
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using PlainMlNetConsumer;

// ONNX Runtime keeps a device id and reports to Microsoft unless this variable is set before it starts. Environment.SetEnvironmentVariable
// reaches native code on Windows only. Where the program's environment sets it, in a service's unit or a Dockerfile, this is not needed.
if (OperatingSystem.IsWindows())
{
    Environment.SetEnvironmentVariable("ORT_DISABLE_TELEMETRY", "1");
}
else
{
    _ = SetNativeVariable("ORT_DISABLE_TELEMETRY", "1", overwrite: 1);
}

MLContext mlContext = new(seed: 0);
ITransformer model = mlContext.Model.Load(args[0], out DataViewSchema schema);

// ML.NET itself saves no image column; without the schema, images of any size fit.
using PredictionEngine<ImageInput, Prediction> engine = schema.GetColumnOrNull("Image") is null
    ? mlContext.Model.CreatePredictionEngine<ImageInput, Prediction>(model)
    : mlContext.Model.CreatePredictionEngine<ImageInput, Prediction>(model, schema);

VBuffer<ReadOnlyMemory<char>> slots = default;
engine.OutputSchema["Score"].GetSlotNames(ref slots);
string[] labels = [.. slots.DenseValues().Select(name => name.ToString())];

while (Console.In.ReadLine() is { } path)
{
    // A picture of the model's own size is passed on as it is and disposed by the next prediction: it must be used once only.
    Prediction prediction = engine.Predict(new ImageInput { Image = MLImage.CreateFromFile(path) });
    Dictionary<string, float> scores = labels.Zip(prediction.Score).ToDictionary(s => s.First, s => s.Second);
    Console.WriteLine(JsonSerializer.Serialize(new { path, label = prediction.PredictedLabel, scores }));
}

[DllImport("libc", EntryPoint = "setenv")]
static extern int SetNativeVariable(
    [MarshalAs(UnmanagedType.LPUTF8Str)] string name, [MarshalAs(UnmanagedType.LPUTF8Str)] string value, int overwrite);
