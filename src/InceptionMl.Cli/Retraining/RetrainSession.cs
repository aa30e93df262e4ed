using InceptionMl.Training;
using InceptionMl.Training.Retraining;
using InceptionMl.Training.Retraining.Internal;

namespace InceptionMl.Cli;

/// <summary>One retraining, or one after the other.</summary>
internal sealed class RetrainSession(CommandContext context, TrainingSettings training, RetrainOptions options, bool asJson)
{
    /// <summary>Retrains once and tells what came of it.</summary>
    /// <returns>0 promoted, 4 kept or nothing changed.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        Retrainer retrainer = new(training, options);
        RetrainResult result = await ProgressDisplay.RunAsync(
            context, (features, head) => retrainer.RetrainAsync(features, head, cancellationToken));
        RunMessages.Write(
            context.Error, result.Training.Diagnostics, NeverGivenText.Create(result.Training, training), result.Training.Problems, inPipeline: true);
        if (asJson)
        {
            await context.Output.WriteLineAsync(RetrainJson.Write(result, training));
        }
        else
        {
            RetrainText.Write(context, result);
        }

        return result.Promoted ? ExitStatus.Done : ExitStatus.Kept;
    }

    /// <summary>
    /// Retrains whenever the images have changed and settled, until it is interrupted. A run that fails is told once and tried again after
    /// each quiet time: what was in its way may pass without any image changing. For whoever else changes the registry it waits until they end.
    /// </summary>
    public async Task<int> WatchAsync(TimeSpan quiet, CancellationToken cancellationToken)
    {
        options.Registry.Patience = TimeSpan.MaxValue;
        DatasetWatch watch = new(training, quiet, context.Time);
        HashSet<string> failures = [];
        string? done = null;
        while (true)
        {
            if (failures.Count == 0)
            {
                await context.Error.WriteLineAsync(done is null ? "Waiting for the images to be left alone." : "Waiting for the images to change.");
            }

            string settled = await watch.UntilSettledAsync(done, cancellationToken);
            try
            {
                await RunAsync(cancellationToken);
                done = settled;
                failures.Clear();
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                string sentence = CommandLine.Sentence(exception);
                if (failures.Add(sentence))
                {
                    await context.Error.WriteLineAsync(sentence);
                    await context.Error.WriteLineAsync(FormattableString.Invariant($"Trying again every {quiet.TotalSeconds:0.#} s."));
                }
            }
        }
    }
}
