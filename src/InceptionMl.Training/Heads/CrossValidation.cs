using InceptionMl.Models.Internal;

namespace InceptionMl.Training;

/// <summary>How the rows of a search were dealt into folds, and the heads of the chosen candidate, each fitted without one fold.</summary>
/// <param name="FoldOfRow">The fold of each row, from 0: the train rows, then the validation rows, in the order they were given.</param>
/// <param name="Heads">The head fitted without each fold; null for a fold without a row to judge by, or that a short time budget left out.</param>
internal sealed record CrossValidation(IReadOnlyList<int> FoldOfRow, IReadOnlyList<LinearHead?> Heads)
{
    /// <summary>Gets the number of folds.</summary>
    public int Folds => Heads.Count;

    /// <summary>Gets the head that was fitted without a row; null where there is none.</summary>
    /// <param name="place">The row's place in <see cref="FoldOfRow"/>.</param>
    public LinearHead? HeadOf(int place) => Heads[FoldOfRow[place]];
}
