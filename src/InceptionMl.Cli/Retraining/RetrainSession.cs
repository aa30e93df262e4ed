using InceptionMl.Cli.Console;
using InceptionMl.Cli.Reports;
using InceptionMl.Training.Pipelines;
using InceptionMl.Training.Retraining;

namespace InceptionMl.Cli.Retraining;

/// <summary>One retraining, or one after the other.</summary>
internal sealed class RetrainSession(CommandContext context, Pipeline pipeline, RetrainOptions options, bool asJson)
{
    /// <summary>Retrains once and tells what came of it.</summary>
    /// <returns>0 promoted, 4 kept.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        Retrainer retrainer = new(pipeline, options);
        RetrainResult result = await ProgressDisplay.RunAsync(
            context, (features, head) => retrainer.RetrainAsync(features, head, cancellationToken));
        RunMessages.Write(context.Error, result.Training.Warnings, result.Training.Problems);
        if (asJson)
        {
            await context.Output.WriteLineAsync(RetrainJson.Write(result));
        }
        else
        {
            RetrainText.Write(context, result);
        }

        return result.Promoted ? ExitStatus.Done : ExitStatus.Kept;
    }

    /// <summary>Retrains whenever the images have changed and settled, until it is interrupted. A run that fails is told, and the next one tries again.</summary>
    public async Task<int> WatchAsync(TimeSpan quiet, CancellationToken cancellationToken)
    {
        DatasetWatch watch = new(pipeline.OpenDataset, quiet, context.Time);
        string? done = null;
        while (true)
        {
            await context.Error.WriteLineAsync(done is null ? "Waiting for the images to be left alone." : "Waiting for the images to change.");
            done = await watch.UntilSettledAsync(done, cancellationToken);
            try
            {
                await RunAsync(cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                await context.Error.WriteLineAsync(CommandLine.Sentence(exception));
            }
        }
    }
}
