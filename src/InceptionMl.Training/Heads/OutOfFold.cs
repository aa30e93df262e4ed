using InceptionMl.Models.Internal;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Training;

/// <summary>What heads of the chosen penalty say of images that they were not fitted on.</summary>
/// <param name="Logits">The logits of each image.</param>
/// <param name="Labels">The class of each image.</param>
/// <param name="Folds">The fold of each image; images that one head judged are dealt into folds all the same.</param>
internal sealed record OutOfFold(float[][] Logits, int[] Labels, int[] Folds)
{
    // A temperature of fewer images is mostly noise.
    private const int FewestToCalibrate = 50;

    /// <summary>Gets the number of images.</summary>
    public int Images => Labels.Length;

    /// <summary>Judges the images of the folds of a search; where there were none, the validation images by the head that was fitted without them.</summary>
    /// <param name="data">The images.</param>
    /// <param name="training">The training rows that the search was given.</param>
    /// <param name="search">What it gave.</param>
    public static OutOfFold Create(TrainingData data, HeadTrainingSet training, HeadSearchResult search)
    {
        HeadTrainingSet validation = data.Split.Set(SplitPart.Validation);
        (int Row, int Label, int Fold, LinearHead Head)[] judged = search.OutOfFold is { } folds
            ?
            [
                .. training.Rows.Concat(validation.Rows).Zip(training.Labels.Concat(validation.Labels))
                    .Select((row, place) => (row.First, row.Second, folds.FoldOfRow[place], Head: folds.HeadOf(place)!))
                    .Where(image => image.Head is not null && image.First < data.Images.Readable),
            ]
            : [.. validation.Rows.Select((row, i) => (row, validation.Labels[i], i % Training.Folds.Count, search.SearchHead))];
        float[][] logits = new float[judged.Length][];
        Parallel.For(0, judged.Length, i =>
        {
            logits[i] = new float[judged[i].Head.Classes];
            judged[i].Head.Logits(data.Images.Features.Row(judged[i].Row), logits[i]);
        });
        return new OutOfFold(logits, [.. judged.Select(image => image.Label)], [.. judged.Select(image => image.Fold)]);
    }

    /// <summary>
    /// Finds the temperature that these images ask for. It is 1 where one that was found on the other folds does not lower the log loss of each in turn.
    /// </summary>
    public ModelCalibration Calibrate()
    {
        double raw = Temperature.LogLoss(Logits, Labels, 1);
        ModelCalibration none = new() { Temperature = 1, Images = Images, LogLoss = Images == 0 ? null : raw, LogLossBefore = Images == 0 ? null : raw };
        if (Images < FewestToCalibrate)
        {
            return none;
        }

        double unseen = 0;
        foreach (IGrouping<int, int> fold in Enumerable.Range(0, Images).GroupBy(i => Folds[i]))
        {
            int[] others = [.. Enumerable.Range(0, Images).Where(i => Folds[i] != fold.Key)];
            double found = others.Length == 0 ? 1 : Temperature.Fit([.. others.Select(i => Logits[i])], [.. others.Select(i => Labels[i])]);
            unseen += fold.Count() * Temperature.LogLoss([.. fold.Select(i => Logits[i])], [.. fold.Select(i => Labels[i])], found);
        }

        double temperature = Temperature.Fit(Logits, Labels);
        double loss = Temperature.LogLoss(Logits, Labels, temperature);
        return unseen / Images < raw && loss < raw ? none with { Temperature = temperature, LogLoss = loss } : none;
    }

    /// <summary>Gets the scores that sets of labels follow from.</summary>
    /// <param name="method">How strangeness is measured.</param>
    /// <param name="temperature">What the logits are divided by.</param>
    public ConformalScores ToConformal(ConformalMethod method, double temperature) => ConformalScores.Create(method, Labels.Select((label, i) =>
    {
        float[] probabilities = [.. Logits[i]];
        Softmax.InPlace(probabilities, temperature);
        return (label, probabilities);
    }));
}
