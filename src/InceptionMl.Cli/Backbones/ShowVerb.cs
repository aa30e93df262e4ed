using System.CommandLine;
using InceptionMl.Cli.Console;
using InceptionMl.Cli.Verbs;
using InceptionMl.Models;
using InceptionMl.Training.Backbones;
using InceptionMl.Training.Backbones.Store;

namespace InceptionMl.Cli.Backbones;

/// <summary><c>backbones show NAME</c></summary>
internal static class ShowVerb
{
    public static Command Create(CommandContext context, Option<string?> store)
    {
        Argument<string> name = new("name") { Description = "A stored backbone." };
        Option<bool> json = CommonOptions.Json();
        Command verb = new("show", "A stored backbone's card.") { name, json };
        verb.SetAction(parsed =>
        {
            StoredBackbone stored = StoredName.Require(StoreOption.Open(parsed, store, context), parsed.GetRequiredValue(name));
            context.Output.WriteLine(parsed.GetValue(json) ? ToJson(stored) : ToText(stored));
            return ExitStatus.Done;
        });
        return verb;
    }

    private static string ToJson(StoredBackbone stored) => JsonLine.Write(json =>
    {
        BackboneJson.Write(json, stored.Card!, stored.Bytes);
        json.WriteString("onnx", stored.OnnxPath);
    });

    private static string ToText(StoredBackbone stored)
    {
        BackboneCard card = stored.Card!;
        return FormattableString.Invariant($"{card.Name}: {card.Network ?? "network unknown"}, version {card.Version ?? "unknown"}, {stored.Bytes / 1e6:F1} MB\n")
            + $"{stored.OnnxPath}\nSHA-256 {card.Sha256}\n"
            + BackboneText.Describe(card)
            + $"Licence: {card.Licence ?? "not known"}\n{card.Provenance ?? "Provenance not known"}";
    }
}
