using System.CommandLine;

namespace InceptionMl.Cli;

/// <summary><c>models list|show|compare|promote|rollback|prune REGISTRY</c></summary>
internal static class ModelsVerb
{
    public static Command Create(CommandContext context) => new("models", "Look at the versions in a registry of models, and choose the one in use.")
    {
        ModelsListVerb.Create(context),
        ModelsShowVerb.Create(context),
        ModelsCompareVerb.Create(context),
        ModelsPromoteVerb.Create(context),
        ModelsRollbackVerb.Create(context),
        ModelsPruneVerb.Create(context),
    };
}
