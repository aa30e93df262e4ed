using System.CommandLine;
using InceptionMl.Backbones;
using InceptionMl.Models;

namespace InceptionMl.Cli;

/// <summary><c>backbones show NAME</c></summary>
internal static class BackbonesShowVerb
{
    public static Command Create(CommandContext context, Option<string?> store)
    {
        Argument<string> name = new("name") { Description = "A stored backbone." };
        Option<bool> json = CommonOptions.Json();
        Command verb = new("show", "A stored backbone's card.") { name, json };
        verb.SetAction(parsed =>
        {
            StoredBackbone stored = StoredName.Require(StoreOption.Open(parsed, store, context), parsed.GetRequiredValue(name));
            if (parsed.GetValue(json))
            {
                context.Output.WriteLine(JsonLine.Write(new BackboneOutput(stored)));
            }
            else
            {
                Write(context.Text, stored);
            }

            return ExitStatus.Done;
        });
        return verb;
    }

    private static void Write(TerminalWriter text, StoredBackbone stored)
    {
        BackboneCard card = stored.Card!;
        text.WriteLine(FormattableString.Invariant($"{card.Name}: {card.Network ?? "network unknown"}, version {card.Version ?? "unknown"}, {stored.Bytes / 1e6:F1} MB"));
        text.WriteLine(stored.OnnxPath);
        text.WriteLine($"SHA-256 {card.Sha256}");
        BackboneText.Write(text, card);
        text.WriteLine($"License: {card.License ?? "not known"}");
        text.WriteLine(card.Provenance ?? "Provenance not known");
    }
}
