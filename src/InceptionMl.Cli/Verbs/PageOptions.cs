using System.CommandLine;
using InceptionMl.Batch.Internal;
using InceptionMl.Training;
using InceptionMl.Training.Evaluation;

namespace InceptionMl.Cli;

/// <summary>The options of <c>train</c> and <c>evaluate</c> about the pages that they write for people.</summary>
internal sealed class PageOptions(CommandContext context)
{
    private const string Sheet = "index.html";

    private readonly Option<string?> mistakes = new("--mistakes")
    {
        Description = $"A folder for a contact sheet of the mistakes, {Sheet}: each image beside a heat map of what the model saw in it.",
        HelpName = "folder",
    };

    private readonly Option<bool> noThumbnails = new("--no-thumbnails") { Description = "Leave pictures out of the report." };

    public void AddTo(Command verb)
    {
        verb.Add(mistakes);
        verb.Add(noThumbnails);
    }

    /// <summary>Refuses places for the contact sheet that hold something else, before an hour's work is done.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="model">The model or registry that is read or written.</param>
    public void Check(ParseResult parsed, string model)
    {
        if (parsed.GetValue(mistakes) is not { } folder)
        {
            return;
        }

        if (File.Exists(folder))
        {
            throw new UsageException($"{mistakes.Name} {folder} is a file: name a folder.");
        }

        CheckPage(mistakes.Name, Path.Combine(folder, Sheet), model);
    }

    /// <summary>Gets where the contact sheet of a table lies: beside it, as <c>NAME.html</c>. Refuses a place that holds something else.</summary>
    /// <param name="context">Where the command runs.</param>
    /// <param name="option">The option that names the table.</param>
    /// <param name="table">The table.</param>
    public static string SheetBeside(CommandContext context, string option, string table)
    {
        string page = Path.ChangeExtension(table, ".html");
        if (page == table)
        {
            throw new UsageException($"{option} {table} is a table, and ends in .html: call it .csv.");
        }

        CheckPage(context, option, page);
        return page;
    }

    /// <summary>Refuses to write a page over a file of somebody else.</summary>
    /// <param name="option">The option that names it.</param>
    /// <param name="page">The page.</param>
    /// <param name="model">The model or registry that is read or written.</param>
    public void CheckPage(string option, string page, string model)
    {
        CheckPage(context, option, page);
        Destination.SpareModel(option, page, model);
    }

    private static void CheckPage(CommandContext context, string option, string page)
    {
        if (Directory.Exists(page))
        {
            throw new UsageException($"{page}, where the page of {option} goes, is a folder: name another place.");
        }

        if (File.Exists(page) && !OutputFile.IsOurs(page))
        {
            throw new UsageException($"{page}, where the page of {option} goes, is there already and is no page of InceptionMl: name another place.");
        }

        Destination.SpareOutput(context, option, page);
    }

    /// <summary>Writes the contact sheet if it is asked for.</summary>
    public async Task WriteMistakesAsync(ParseResult parsed, string model, IReadOnlyList<ImagePrediction> predictions, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(mistakes) is { } folder)
        {
            string page = Path.Combine(folder, Sheet);
            await WriteAsync(context, page, () => ModelReport.WriteMistakesAsync(page, model, predictions, cancellationToken));
            context.Tell(Tone.Plain, $"The mistakes are shown in {page}.");
        }
    }

    /// <summary>Gets what a report shows.</summary>
    public ModelReport.Options ReadReport(ParseResult parsed, IReadOnlyList<string> suggestions) => new()
    {
        Thumbnails = !parsed.GetValue(noThumbnails),
        Suggestions = suggestions,
    };

    /// <summary>Writes a page, with progress on a terminal.</summary>
    public static Task WriteAsync(CommandContext context, string page, Func<Task> write) => ProgressDisplay.WaitAsync(context, $"writing {page}", () =>
    {
        write().GetAwaiter().GetResult();
        return true;
    });
}
