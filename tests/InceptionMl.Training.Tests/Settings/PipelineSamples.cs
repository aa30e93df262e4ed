namespace InceptionMl.Training.Tests.Settings;

/// <summary>Pipeline files that tests share.</summary>
internal static class PipelineSamples
{
    /// <summary>Every key, none with its default.</summary>
    public const string Full = """
        // All there is.
        {
          "$schema": "./other.schema.json",
          "formatVersion": 1,
          "data": [
            { "path": "../pictures", "labelFrom": "parent" }, /* and */
            { "path": "list.csv", "part": "test", "columns": { "path": "photo", "label": "species", "part": "use" } },
          ],
          "split": { "validation": 0.2, "test": 0.15, "folds": 5, "groupBy": { "column": "patient" } },
          "backbone": {
            "model": "mine.onnx",
            "preprocessing": { "width": 299, "height": 224, "offset": [1, 2, 3], "scale": [0.5, 0.5, 1], "channels": "BGR", "cropFraction": 0.875 },
          },
          "preprocessing": { "resize": "pad" },
          "augmentation": { "kind": "light", "views": 3 },
          "heads": { "try": ["sdca"], "l2": [1, 1e-2], "timeBudgetSeconds": 60, "tolerance": 1e-3, "maxIterations": 200, "crossValidationBelow": 50 },
          "classWeights": { "böse": 2, "gut": 0.5 },
          "acceptance": { "margin": 0.02, "whenUndecided": "keep", "level": false, "minTestImages": 5 },
          "registry": "../models",
          "cache": "none",
          "seed": -3,
          "reports": { "html": false },
        }
        """;

    /// <summary>A file with one section; the images named first.</summary>
    public static string With(string members) => "{\"data\":[{\"path\":\"a\"}]," + members + "}";
}
