using System.CommandLine;
using InceptionMl.Training;
using InceptionMl.Training.Retraining;
using InceptionMl.Training.Versions;

namespace InceptionMl.Cli;

/// <summary><c>retrain PIPELINE</c></summary>
internal static class RetrainVerb
{
    public static Command Create(CommandContext context)
    {
        Argument<string> pipeline = new("pipeline") { Description = "A pipeline file, or Model Builder's .mbconfig of an image classification." };
        Option<string?> images = new("--images") { Description = "Folder or manifest to read in place of the one the file names." };
        Option<bool> accept = new("--accept-test-relabels") { Description = "Measure test images with their labels of today, not those they were frozen with." };
        Option<bool> force = new("--force") { Description = "Make a version even where images, labels and settings are those of the latest one." };
        Option<bool> watch = new("--watch") { Description = "Go on: retrain whenever the images have changed and then been left alone for a while." };
        Option<double> quiet = new("--quiet") { Description = "With --watch, how long that is, in seconds (60).", DefaultValueFactory = _ => 60 };
        Option<string?> store = StoreOption.Create();
        Option<bool> json = CommonOptions.Json();
        Option<string> format = CommonOptions.Format();
        Command verb = new("retrain", "Train by a pipeline file, and promote the new model where it is no worse than the one in place (status 0; kept, or nothing changed: 4).")
        {
            pipeline, images, accept, force, watch, quiet, store, json, format,
        };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            string file = parsed.GetRequiredValue(pipeline);
            List<string> notes = [];
            TrainingSettings read = PipelineFile.Read(file, parsed.GetValue(images), notes);
            foreach (string note in notes)
            {
                await context.Error.WriteLineAsync(note);
            }

            RetrainOptions options = new()
            {
                AcceptTestRelabels = parsed.GetValue(accept),
                Force = parsed.GetValue(force),
                Packaged = context.Packaged,
                Store = BackboneChoice.MayBeStored(read.Backbone.Model.ToString()) ? StoreOption.Open(parsed, store, context) : null,
                Registry = new RegistryWriter.Options
                {
                    Holder = FormattableString.Invariant($"retrain {file} (process {Environment.ProcessId})"),
                    Waiting = new LineProgress(context.Error),
                    Time = context.Time,
                },
            };
            if (read.Backbone.Model.Name == BackboneChoice.Auto)
            {
                read = await BackboneRace.ChooseFromAllAsync(context, read, options, cancellationToken);
            }

            RetrainSession session = new(context, read, options, CommonOptions.IsJson(parsed, json, format));
            return parsed.GetValue(watch)
                ? await session.WatchAsync(Quiet(parsed.GetValue(quiet)), cancellationToken)
                : await session.RunAsync(cancellationToken);
        });
        return verb;
    }

    private static TimeSpan Quiet(double seconds) => seconds is >= 1 and <= 86_400
        ? TimeSpan.FromSeconds(seconds)
        : throw new UsageException(FormattableString.Invariant($"--quiet {seconds} is no time from 1 to 86400 seconds."));
}
