namespace InceptionMl.Cli;

/// <summary>Command lines for each verb's help page, the usual one first.</summary>
internal static class HelpExamples
{
    private static readonly Dictionary<string, string[]> Lines = new(StringComparer.Ordinal)
    {
        ["demo"] = ["demo"],
        ["train"] = ["train PICTURES", "train PICTURES --backbone resnet-18", "train PICTURES --out bolts.zip --augment light", "train list.csv --label-column species --test 0.2"],
        ["check"] = ["check PICTURES", "check list.csv --json", "check PICTURES --fix", "check PICTURES --undo", "check PICTURES --relabel mended.csv"],
        ["evaluate"] = ["evaluate bolts.zip NEW-PICTURES", "evaluate artifacts/bolts PICTURES --json"],
        ["score"] =
        [
            "score bolts.zip one.jpg", "score bolts.zip FOLDER --format csv --out scores.csv --resume", "score artifacts/bolts day.zip list.csv --json --top 1",
        ],
        ["explain"] = ["explain bolts.zip one.jpg --out heat.png", "explain artifacts/bolts one.jpg --out heat.png --label nut"],
        ["suggest"] = ["suggest bolts.zip UNLABELED --out next.csv", "suggest artifacts/bolts UNLABELED --out next.csv --count 50"],
        ["drift"] = ["drift bolts.zip PICTURES-OF-TODAY", "drift artifacts/bolts monday.stats tuesday.stats --json"],
        ["classify"] = ["classify one.jpg FOLDER", "classify one.jpg --backbone inception-v4-slim --top 1 --json"],
        ["featurize"] = ["featurize PICTURES --out features.parquet", "featurize list.csv --out features.csv --backbone inception-v3"],
        ["retrain"] = ["retrain bolts.json", "retrain bolts.json --images NEW-PICTURES", "retrain bolts.json --watch --quiet 300"],
        ["models"] = ["models list artifacts/bolts", "models show artifacts/bolts 2", "models rollback artifacts/bolts"],
        ["models list"] = ["models list artifacts/bolts"],
        ["models show"] = ["models show artifacts/bolts", "models show artifacts/bolts 2"],
        ["models compare"] = ["models compare artifacts/bolts 1 2"],
        ["models promote"] = ["models promote artifacts/bolts 3 --reason \"checked in the field\""],
        ["models rollback"] = ["models rollback artifacts/bolts"],
        ["models prune"] = ["models prune artifacts/bolts --keep 5"],
        ["serve"] = ["serve bolts.zip", "serve artifacts/bolts --urls http://127.0.0.1:8080 --abstain-below 0.8"],
        ["export"] = ["export bolts.zip --onnx bolts.onnx"],
        ["scaffold"] = ["scaffold bolts.zip --out app --name Bolts"],
        ["backbones"] = ["backbones list", "backbones pull inception-v3", "backbones import weights.h5"],
        ["backbones list"] = ["backbones list"],
        ["backbones compare"] = ["backbones compare PICTURES", "backbones compare PICTURES --backbone resnet-18,inception-compact@192"],
        ["backbones show"] = ["backbones show inception-v3"],
        ["backbones pull"] = ["backbones pull inception-v3", "backbones pull inception-v3 --from weights.h5"],
        ["backbones import"] = ["backbones import weights.h5", "backbones import mine.onnx --name mine"],
        ["backbones verify"] = ["backbones verify"],
        ["backbones remove"] = ["backbones remove inception-v3"],
        ["network"] = ["network inception-v3", "network inception-v3 --cost", "network googlenet --format svg"],
        ["network conv"] = ["network conv --input 28x28x192 --filters 32 --kernel 5 --bottleneck 16"],
        ["help"] = ["help train", "help backbones pull"],
        ["completion"] = ["completion bash", "completion pwsh"],
    };

    /// <summary>Gets the examples of a verb, the tool's own name left out.</summary>
    /// <param name="verb">The verb from the first word on: <c>backbones pull</c>.</param>
    public static IReadOnlyList<string> For(string verb) => Lines.GetValueOrDefault(verb, []);
}
