// Loads a model zip with plain ML.NET and scores the images whose paths come on standard input, one a line. Writes one line of
// JSON an image: {"path":"..","label":"..","scores":{"label":probability,...}}.
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using PlainMlNetConsumer;

MLContext mlContext = new(seed: 0);
ITransformer model = mlContext.Model.Load(args[0], out DataViewSchema schema);
using PredictionEngine<ImageInput, Prediction> engine = mlContext.Model.CreatePredictionEngine<ImageInput, Prediction>(model, schema);

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
