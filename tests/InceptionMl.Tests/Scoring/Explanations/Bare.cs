using System.Text.Json.Nodes;
using InceptionMl.TestSupport;
using InceptionMl.Training;

namespace InceptionMl.Tests.Scoring.Explanations;

/// <summary>The demo model over the embedded backbone with its feature map kept to itself.</summary>
internal static class Bare
{
    public static async Task<string> TrainAsync(TemporaryFolder folder, CancellationToken cancellationToken)
    {
        string embedded = Workspace.At("src", "InceptionMl.Backbones", "Embedded", "inception-compact");
        File.Copy(embedded + ".onnx", folder.At("bare.onnx"));
        JsonNode card = JsonNode.Parse(await File.ReadAllTextAsync(embedded + ".json", cancellationToken))!;
        card["outputs"]!.AsObject().Remove("featureMap");
        await File.WriteAllTextAsync(folder.At("bare.json"), card.ToJsonString(), cancellationToken);
        string model = folder.At("model.zip");
        await new ImageTrainer(new TrainingSettings { Data = [Path.Combine(TrainedDemo.Images, "test")], Backbone = new BackboneSettings { Model = folder.At("bare.onnx"), Features = "last" } }).TrainAsync(model, cancellationToken: cancellationToken);
        return model;
    }
}
