using System.CommandLine;
using System.CommandLine.Invocation;
using System.Diagnostics;
using InceptionMl.Networks;

namespace InceptionMl.Cli;

/// <summary>The tool's verbs, and the promises common to all: exit status, messages, interruption.</summary>
internal static class CommandLine
{
    private const string Verbose = "--verbose";

    // Longer than any step between two looks at the cancellation token, so that files are closed before the process goes.
    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(string[] args, CommandContext context)
    {
        context = context.ForPeople();
        RootCommand root = CreateRoot(context);
        if (args.Contains(string.Empty))
        {
            await context.Error.WriteLineAsync("An argument is empty: is a variable of the script unset?");
            return ExitStatus.Usage;
        }

        if (args.Length == 0)
        {
            return HelpVerb.Show(context, root);
        }

        ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (ParseProblems.Find(parsed) is { Count: > 0 } problems)
        {
            foreach (string problem in problems)
            {
                await context.FailAsync(problem);
            }

            await context.Error.WriteLineAsync($"See {string.Join(' ', new[] { HelpPage.Tool, parsed.CommandResult.Command is RootCommand ? string.Empty : ParseProblems.Name(parsed.CommandResult) }.Where(name => name.Length > 0))} --help.");
            return ExitStatus.Usage;
        }

        try
        {
            return await InvokeAsync(parsed, context);
        }
        catch (OperationCanceledException)
        {
            await context.Error.WriteLineAsync("Interrupted. What was done so far is kept where it can be gone on from; nothing half-written remains.");
            return ExitStatus.Interrupted;
        }
        catch (Exception exception) when (exception is ReaderGoneException or AggregateException { InnerExceptions: [ReaderGoneException] })
        {
            return ExitStatus.Done;
        }
        catch (Exception exception) when (!Debugger.IsAttached)
        {
            await context.FailAsync(Sentence(exception) + ErrorHint.From(exception, parsed.CommandResult.Command));
            if (parsed.GetValue<bool>(Verbose))
            {
                await context.Error.WriteAsync(exception + "\n");
            }

            return exception is UsageException ? ExitStatus.Usage : ExitStatus.Failed;
        }
    }

    /// <summary>The tool's verbs and options.</summary>
    public static RootCommand CreateRoot(CommandContext context)
    {
        RootCommand root = new("Trains image classifiers on folders of pictures with an Inception backbone, and scores with them.")
        {
            new Option<bool>(Verbose) { Description = "Add detail to error messages.", Recursive = true },
            CheckVerb.Create(context),
            TrainVerb.Create(context),
            EvaluateVerb.Create(context),
            ScoreVerb.Create(context),
            ExplainVerb.Create(context),
            SuggestVerb.Create(context),
            DriftVerb.Create(context),
            ClassifyVerb.Create(context),
            ExportVerb.Create(context),
            FeaturizeVerb.Create(context),
            RetrainVerb.Create(context),
            ModelsVerb.Create(context),
            ScaffoldVerb.Create(context),
            DemoVerb.Create(context),
            NetworkVerb.Create(context),
            BackbonesVerb.Create(context),
            ServeVerb.Create(context),
            CompletionVerb.Create(context),
        };
        HelpVerb.AddTo(root, context);
        NumberOptions.ReadNumbers(root);
        return root;
    }

    // The parser's own handling of signals throws at the second one.
    private static async Task<int> InvokeAsync(ParseResult parsed, CommandContext context)
    {
        InvocationConfiguration configuration = new()
        {
            Output = context.Output,
            Error = context.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        if (parsed.Action is not AsynchronousCommandLineAction)
        {
            return await parsed.InvokeAsync(configuration);
        }

        TimeSpan patience = parsed.CommandResult.Command.Name == ServeVerb.Name ? ServeVerb.TerminationTimeout : TerminationTimeout;
        using Termination termination = new(patience, TimeProvider.System);
        return await termination.RunAsync(cancellationToken => parsed.InvokeAsync(configuration, cancellationToken));
    }

    /// <summary>What went wrong, for a person.</summary>
    public static string Sentence(Exception exception) => Explain(exception) is [.., '?' or '!'] question ? question : Explain(exception).TrimEnd('.') + ".";

    private static string Explain(Exception exception) => exception switch
    {
        UsageException or InceptionMlException or NetworkException => exception.Message,
        AggregateException { InnerExceptions: [Exception only] } => Explain(only),
        FileNotFoundException { FileName: { } file } => $"{file} does not exist.",
        UnauthorizedAccessException or IOException => exception.Message,
        OutOfMemoryException => "The machine has too little memory for this: use fewer images or a backbone with narrower features.",
        _ => $"This should not have happened ({exception.GetType().Name}: {exception.Message.TrimEnd('.')}); run again with --verbose and report it.",
    };
}

/// <summary>The command line itself is wrong; the message names the option and says what to do.</summary>
internal sealed class UsageException(string message) : Exception(message);
