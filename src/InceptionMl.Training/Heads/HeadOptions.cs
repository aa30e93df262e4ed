using InceptionMl.Models.Internal;

namespace InceptionMl.Training;

/// <summary>How the head is searched and fitted: by settings that are kept, and by what only this fit has.</summary>
/// <param name="settings">The settings; <see cref="TrainingSettings.Heads"/>, the folds and the seed are used.</param>
/// <param name="time">The clock that the budget and the seconds of each candidate are read from; null is the system's.</param>
internal sealed class HeadOptions(TrainingSettings? settings = null, TimeProvider? time = null)
{
    public TrainingSettings Settings => settings ??= new TrainingSettings();

    public HeadSettings Heads => Settings.Heads;

    public int Folds => Settings.Split.Folds;

    public TimeProvider Time { get; } = time ?? TimeProvider.System;

    /// <summary>
    /// A head over raw features, with this fit's classes, that the final fit by L-BFGS starts from. It changes the number of
    /// iterations, not the optimum, and never what is chosen: candidates start from nothing, as it may have seen the rows they are
    /// judged by. <see cref="WarmStart.For"/> makes it from a head of other classes.
    /// </summary>
    public LinearHead? WarmStart { get; set; }

    /// <summary>
    /// The penalty <see cref="WarmStart"/> was fitted with, on nearly the same rows: only it and half a decade to either side are tried then, in
    /// L-BFGS. Not looked at without a warm start, nor where folds, a time budget or SDCA alone are asked for.
    /// </summary>
    public double? EarlierL2 { get; set; }

    /// <summary>Whether somebody chose the validation rows: they then choose the head, however few they are, and no folds that mix them in.</summary>
    public bool ValidationIsGiven { get; set; }

    /// <summary>Worker threads; the result does not depend on it.</summary>
    public int Threads { get; set; } = Environment.ProcessorCount;
}
