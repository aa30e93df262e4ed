using System.CommandLine;

namespace InceptionMl.Cli;

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
            BackbonesListVerb.Create(context, store),
            BackbonesCompareVerb.Create(context, store),
            BackbonesShowVerb.Create(context, store),
            BackbonesPullVerb.Create(context, store),
            BackbonesImportVerb.Create(context, store),
            BackbonesVerifyVerb.Create(context, store),
            BackbonesRemoveVerb.Create(context, store),
        };
    }
}
