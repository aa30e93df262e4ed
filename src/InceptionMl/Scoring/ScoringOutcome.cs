namespace InceptionMl.Scoring;

/// <summary>Whether a model stands by its answer.</summary>
public enum ScoringOutcome
{
    /// <summary>The most probable label is at least as probable as was asked for.</summary>
    Accepted,

    /// <summary>It is less probable than <see cref="ImageScorerOptions.AbstainBelow"/>: better asked of a person.</summary>
    Uncertain,
}
