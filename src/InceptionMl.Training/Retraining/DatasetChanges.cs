namespace InceptionMl.Training.Retraining;

/// <summary>How a dataset differs from the one the latest version was made from; images are told by their content.</summary>
/// <param name="Added">Images that are new.</param>
/// <param name="Removed">Images that are gone.</param>
/// <param name="Relabeled">Images outside the test part with another label, renamed classes not counted.</param>
/// <param name="AppearedClasses">Classes there were not, in ordinal order; those that are renamed ones are not among them.</param>
/// <param name="VanishedClasses">Classes there are no more, in ordinal order; those that were renamed are not among them.</param>
/// <param name="RenamedClasses">New name by old name.</param>
/// <param name="TestRelabels">Test images whose label differs from the frozen one.</param>
/// <param name="RelabelsAccepted">Whether those labels took effect.</param>
/// <param name="SetAside">Test images whose class is gone; they are neither trained on nor measured on.</param>
/// <param name="TestMissing">Frozen test images that are gone.</param>
public sealed record DatasetChanges(
    int Added,
    int Removed,
    int Relabeled,
    IReadOnlyList<string> AppearedClasses,
    IReadOnlyList<string> VanishedClasses,
    IReadOnlyDictionary<string, string> RenamedClasses,
    IReadOnlyList<DatasetChanges.TestRelabel> TestRelabels,
    bool RelabelsAccepted,
    IReadOnlyList<string> SetAside,
    int TestMissing)
{
    /// <summary>Gets the changes as sentences for people, each with its id.</summary>
    public IEnumerable<Diagnostic> Diagnostics
    {
        get
        {
            yield return Diagnostic.Note(
                DiagnosticIds.DatasetChanged,
                FormattableString.Invariant($"Images since the latest version: {Added} new, {Removed} gone, {Relabeled} relabeled."));
            foreach ((string old, string now) in RenamedClasses)
            {
                yield return Diagnostic.Note(DiagnosticIds.ClassRenamed, $"Class '{old}' is called '{now}' now; its images say so.");
            }

            foreach (string label in AppearedClasses)
            {
                yield return Diagnostic.Note(DiagnosticIds.ClassAdded, $"Class '{label}' is new.");
            }

            foreach (string label in VanishedClasses)
            {
                yield return Diagnostic.Note(DiagnosticIds.ClassRemoved, $"Class '{label}' is gone.");
            }

            if (TestRelabels.Count > 0)
            {
                yield return new Diagnostic(
                    DiagnosticIds.TestImagesRelabeled,
                    RelabelsAccepted ? DiagnosticSeverity.Note : DiagnosticSeverity.Warning,
                    FormattableString.Invariant($"Frozen test images with a changed label: {TestRelabels.Count}")
                    + (RelabelsAccepted ? "; the new labels are frozen now." : ", measured with the frozen one."));
            }

            if (SetAside.Count > 0)
            {
                yield return Diagnostic.Warning(
                    DiagnosticIds.TestImagesSetAside,
                    FormattableString.Invariant($"Frozen test images set aside, because their class is gone: {SetAside.Count}."));
            }

            if (TestMissing > 0)
            {
                yield return Diagnostic.Warning(
                    DiagnosticIds.TestImagesMissing, FormattableString.Invariant($"Frozen test images that are no longer there: {TestMissing}."));
            }
        }
    }

    /// <summary>A test image whose label in the dataset is no longer the one it was frozen with.</summary>
    /// <param name="Path">The image.</param>
    /// <param name="Frozen">The label it was frozen with, under the name the class has now.</param>
    /// <param name="Now">The label it has in the dataset.</param>
    public sealed record TestRelabel(string Path, string Frozen, string Now);
}
