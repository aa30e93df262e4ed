using System.CommandLine;

namespace InceptionMl.Cli.Backbones;

/// <summary><c>backbones VERB</c>: the backbones of the user's store, and what can be pulled into it.</summary>
internal static class BackbonesVerb
{
    public static Command Create(CommandContext context)
    {
        Option<string?> store = StoreOption.Create();
        store.Recursive = true;
        return new Command("backbones", "Bring in published Inception weights of any form, and look after those that are stored.")
        {
            store,
            ListVerb.Create(context, store),
            ShowVerb.Create(context, store),
            PullVerb.Create(context, store),
            ImportVerb.Create(context, store),
            VerifyVerb.Create(context, store),
            RemoveVerb.Create(context, store),
        };
    }
}
