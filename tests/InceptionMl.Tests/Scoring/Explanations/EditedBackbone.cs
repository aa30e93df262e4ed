using System.Text.Json.Nodes;
using InceptionMl.Backbones;
using InceptionMl.Models.Internal;
using InceptionMl.TestSupport;
using InceptionMl.Training;

namespace InceptionMl.Tests.Scoring.Explanations;

/// <summary>Models on the demo images over the embedded backbone with another card.</summary>
internal static class EditedBackbone
{
    /// <summary>Its feature map is kept to itself.</summary>
    public static Task<string> TrainWithoutMapAsync(TemporaryFolder folder, CancellationToken cancellationToken) =>
        TrainAsync(folder, "last", outputs => outputs.Remove("featureMap"), cancellationToken);

    /// <summary>Its features are the means and the maxima of two blocks on different grids.</summary>
    public static Task<string> TrainOnMaximaAsync(TemporaryFolder folder, CancellationToken cancellationToken)
    {
        BackboneFeatureSource[] blocks = [.. Backbone.Embedded().Card.Outputs.Features.Sources!.Where((_, i) => i is 0 or 3)];
        JsonArray sources = [.. blocks.SelectMany(block => new[] { "mean", "max" }.Select(pooling => new JsonObject { ["tensor"] = block.Tensor, ["pooling"] = pooling, ["width"] = block.Width }))];
        return TrainAsync(
            folder,
            "depths",
            outputs =>
            {
                outputs["features"]!["sources"] = sources;
                outputs["features"]!["width"] = 2 * blocks.Sum(block => block.Width);
            },
            cancellationToken);
    }

    private static async Task<string> TrainAsync(TemporaryFolder folder, string features, Action<JsonObject> edit, CancellationToken cancellationToken)
    {
        string embedded = Workspace.At("src", "InceptionMl.Backbones", "Embedded", "inception-compact");
        File.Copy(embedded + ".onnx", folder.At("edited.onnx"));
        JsonNode card = JsonNode.Parse(await File.ReadAllTextAsync(embedded + ".json", cancellationToken))!;
        edit(card["outputs"]!.AsObject());
        await File.WriteAllTextAsync(folder.At("edited.json"), card.ToJsonString(), cancellationToken);
        string model = folder.At("model.zip");
        TrainingSettings settings = new()
        {
            Data = [Path.Combine(TrainedDemo.Images, "test")],
            Backbone = new BackboneSettings { Model = folder.At("edited.onnx"), Features = features },
        };
        await new ImageTrainer(settings).TrainAsync(model, cancellationToken: cancellationToken);
        return model;
    }
}
